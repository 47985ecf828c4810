// A box to find a record in: what is near at hand at first, what the search finds while one types.

const PAUSE = 150 // milliseconds between the last key and the question

export class Chooser {
  constructor(dialog, searchUrl) {
    this.dialog = dialog
    this.searchUrl = searchUrl
    this.box = dialog.querySelector("input")
    this.list = dialog.querySelector("[role=listbox]")
    this.options = []
    this.box.addEventListener("input", () => this.ask())
    this.box.addEventListener("keydown", (event) => this.onKey(event))
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]")
      if (option) this.take(Number(option.dataset.number))
    })
  }

  // Resolves to the option taken, `{id, text}`, or to null.
  open(title, hint, near) {
    this.dialog.querySelector("h2").textContent = title
    this.dialog.querySelector(".facts").textContent = hint
    this.box.value = ""
    this.near = near
    this.show(near)
    this.dialog.showModal()
    this.box.focus()
    return new Promise((resolve) => {
      this.taken = null
      this.dialog.addEventListener("close", () => resolve(this.taken), { once: true })
    })
  }

  ask() {
    clearTimeout(this.timer)
    const words = this.box.value.trim()
    if (!words) return this.show(this.near)
    this.timer = setTimeout(async () => {
      try {
        const response = await fetch(`${this.searchUrl}&term=${encodeURIComponent(words)}`)
        const { results } = await response.json()
        if (words === this.box.value.trim()) this.show(results)
      } catch {
        this.show([], "No connection: try again.")
      }
    }, PAUSE)
  }

  show(options, empty = "No record goes by this name.") {
    this.options = options
    this.list.replaceChildren(
      ...options.map(({ text, about }, number) => {
        const option = document.createElement("li")
        option.role = "option"
        option.id = `choose-${number}`
        option.dataset.number = number
        option.textContent = text
        if (about) {
          const said = document.createElement("span")
          said.className = "facts"
          said.textContent = ` ${about}`
          option.append(said)
        }
        if (number < 9 && this.options === this.near) option.dataset.key = number + 1
        return option
      }),
    )
    if (!options.length) {
      const nothing = document.createElement("li")
      nothing.role = "option"
      nothing.setAttribute("aria-disabled", "true")
      nothing.className = "empty"
      nothing.textContent = empty
      this.list.append(nothing)
    }
    this.select(0)
  }

  select(number) {
    this.selected = Math.min(Math.max(number, 0), this.options.length - 1)
    ;[...this.list.children].forEach((option, each) => {
      option.setAttribute("aria-selected", String(each === this.selected))
      if (each === this.selected) option.scrollIntoView({ block: "nearest" })
    })
    if (this.selected >= 0) this.box.setAttribute("aria-activedescendant", `choose-${this.selected}`)
    else this.box.removeAttribute("aria-activedescendant")
  }

  onKey(event) {
    const number = Number(event.key)
    if (event.key === "ArrowDown") this.select(this.selected + 1)
    else if (event.key === "ArrowUp") this.select(this.selected - 1)
    else if (event.key === "Enter") this.take(this.selected)
    else if (!this.box.value && number >= 1 && number <= Math.min(9, this.options.length)) this.take(number - 1)
    else return
    event.preventDefault()
  }

  take(number) {
    if (!this.options[number]) return
    this.taken = this.options[number]
    this.dialog.close()
  }
}
