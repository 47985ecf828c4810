// One letter presses the button that shows it; whoever speaks to the computer or types by accident turns that off.

const STORE = "newsroom.keys-of-duplicates"
const form = document.getElementById("answer-form")
const keys = document.getElementById("keys")
const box = keys?.querySelector("input")
let sent = false

if (box) {
  keys.hidden = false
  box.checked = localStorage.getItem(STORE) !== "off"
  box.addEventListener("change", () => localStorage.setItem(STORE, box.checked ? "on" : "off"))
}

form.addEventListener("submit", () => {
  sent = true
})

document.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")
  if (!box?.checked || sent || event.repeat || isTyping || event.ctrlKey || event.metaKey || event.altKey) return
  const button = form.querySelector(`button[data-key="${CSS.escape(event.key.toLowerCase())}"]`)
  if (!button) return
  event.preventDefault()
  form.requestSubmit(button)
})
