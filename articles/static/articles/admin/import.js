// Previews come into the page instead of replacing it, so that the chosen files stay chosen.

const form = document.getElementById("import-form")
const report = document.getElementById("report")

form.addEventListener("submit", async (event) => {
  if (event.submitter?.name !== "_preview") return
  event.preventDefault()
  const sent = new FormData(form, event.submitter) // before the button is disabled: it leaves itself out then
  event.submitter.disabled = true
  report.setAttribute("aria-busy", "true")
  try {
    const response = await fetch(form.action, { method: "POST", body: sent })
    const page = new DOMParser().parseFromString(await response.text(), "text/html")
    const fresh = page.getElementById("report")
    if (!response.ok || !fresh || page.querySelector(".errornote")) {
      // What was refused is explained beside the fields: let the browser show that page.
      submitPlainly(event.submitter)
      return
    }
    report.replaceChildren(...fresh.childNodes)
    report.scrollIntoView({ block: "start" })
    report.focus({ preventScroll: true })
  } finally {
    event.submitter.disabled = false
    report.removeAttribute("aria-busy")
  }
})

function submitPlainly(submitter) {
  const named = Object.assign(document.createElement("input"), { type: "hidden", name: submitter.name, value: "1" })
  form.append(named)
  form.submit()
}
