// The box that select2 types tags into, and the one that shows the tag chosen, have no name of their own; they get
// that of their field.

function nameBoxes() {
  for (const select of document.querySelectorAll("select.admin-autocomplete[multiple]")) {
    const label = document.querySelector(`label[for="${select.id}"]`)
    const box = select.parentElement.querySelector(".select2-search__field")
    if (label && box) box.setAttribute("aria-label", label.textContent.replace(/:\s*$/, ""))
  }
  for (const select of document.querySelectorAll("select.admin-autocomplete:not([multiple])")) {
    const label = document.querySelector(`label[for="${select.id}"]`)
    const box = select.parentElement.querySelector(".select2-selection")
    if (!label || !box) continue
    label.id = `${select.id}_label`
    box.setAttribute("aria-labelledby", `${label.id} ${box.getAttribute("aria-labelledby")}`)
    box.querySelector(".select2-selection__rendered").setAttribute("aria-labelledby", label.id)
  }
}

// jQuery calls its listeners in order: this one after the admin's own, which makes the boxes.
window.django.jQuery(nameBoxes)
