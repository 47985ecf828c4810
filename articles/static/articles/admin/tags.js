// The box that select2 types tags into has no name of its own; it gets that of its field.

function nameBoxes() {
  for (const select of document.querySelectorAll("select.admin-autocomplete[multiple]")) {
    const label = document.querySelector(`label[for="${select.id}"]`)
    const box = select.parentElement.querySelector(".select2-search__field")
    if (label && box) box.setAttribute("aria-label", label.textContent.replace(/:\s*$/, ""))
  }
}

// jQuery calls its listeners in order: this one after the admin's own, which makes the boxes.
window.django.jQuery(nameBoxes)
