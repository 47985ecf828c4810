// The review screen by keys and clicks. The cards on the page are the state: each decision is sent, and the cards that
// come back take the place of those that were there.

import { Chooser } from "./chooser.js"
import { cardsAt, paint, spansOf } from "./marks.js"
import { Outbox } from "./outbox.js"
import { StoryText } from "./text.js"

const form = document.getElementById("review")
const pane = document.getElementById("text")
const list = document.getElementById("cards")
const tools = document.getElementById("card-tools")
const keys = document.getElementById("keys")
const addDialog = document.getElementById("add")
const chooser = new Chooser(document.getElementById("choose"), form.dataset.search)
const mayDecide = !("readOnly" in form.dataset)

let text = new StoryText(document.getElementById("blocks"))
let current = null
let place = 0
let mode = "" // "edit" while the words of a card are selected anew, "speaker" while a name is clicked
let onlyHere = false
let remembered = null // what was selected last: a click on a button takes the selection away
let lastHits = { offset: -1, number: 0 }
const sent = new Map() // the last item sent for each card, to be insisted on

const cards = () => [...list.children]
const say = (words) => (document.getElementById("status").textContent = words)
const kindsOfNames = ["person", "organisation", "location"]
const isName = (card) => kindsOfNames.includes(card?.dataset.kind)

// Where the editor is.

function go(card, { number = 0, focus = true } = {}) {
  if (!card) return
  current?.removeAttribute("aria-current")
  current = card
  place = number
  setOnly(false)
  setMode("")
  card.setAttribute("aria-current", "true")
  if (mayDecide) showTools(card)
  if (focus) card.focus({ preventScroll: true })
  card.scrollIntoView({ block: "nearest" })
  show()
}

function show() {
  paint(text, cards(), current, place)
  const span = current && spansOf(current)[place]
  if (!span || !text.blocks.length) return
  const at = text.liveRange(...span).getBoundingClientRect()
  const view = pane.getBoundingClientRect()
  if (at.top < view.top + 40 || at.bottom > view.bottom - 40) {
    pane.scrollTop += at.top - view.top - view.height / 3
  }
}

function showTools(card) {
  tools.hidden = false
  for (const part of tools.querySelectorAll("[data-for]")) {
    const wanted = part.dataset.for
    part.hidden =
      wanted === "name" ? !isName(card) : wanted === "placed" ? !spansOf(card).length : card.dataset.kind !== wanted
  }
  for (const button of tools.querySelectorAll('[data-do="kind"]')) {
    button.setAttribute("aria-pressed", String(button.dataset.value === card.dataset.kind))
  }
  card.append(tools)
}

function step(by, wanted = () => true) {
  const all = cards()
  const from = all.indexOf(current)
  for (let each = from + by; each >= 0 && each < all.length; each += by) {
    if (wanted(all[each])) return go(all[each])
  }
}

function advance() {
  const isLeft = (card) => "left" in card.dataset && card !== current
  const all = cards()
  const from = all.indexOf(current)
  const next = [...all.slice(from + 1), ...all.slice(0, from)].find(isLeft)
  if (next) go(next)
  else show()
}

function stepPlace(by) {
  const spans = current ? spansOf(current) : []
  if (!spans.length) return
  place = (place + by + spans.length) % spans.length
  show()
  say(`Place ${place + 1} of ${spans.length}`)
}

// What the editor decides.

function send(items) {
  for (const item of items) sent.set(item.row, item)
  outbox.push({ text: document.getElementById("text-revision").value, items })
}

function item(action, values = {}) {
  return { row: current.id, revision: current.dataset.revision, action, ...values }
}

function here() {
  const span = onlyHere && spansOf(current)[place]
  return span ? { place: text.place(...span) } : {}
}

function decide(action, values = {}) {
  if (!current || !mayDecide) return
  const decided = item(action, { ...values, ...(action === "accept" || action === "unsure" ? {} : here()) })
  const isWhole = !onlyHere
  send([decided])
  if (isWhole) delete current.dataset.left
  advance()
}

async function link() {
  if (!isName(current)) return
  const card = current
  const near = [...card.querySelectorAll("[data-candidate]")].map((button) => ({
    id: button.dataset.candidate,
    text: button.parentElement.querySelector("a").textContent,
    about: button.parentElement.querySelector(".facts")?.textContent ?? "",
  }))
  if ("elsewhere" in card.dataset) near.push({ id: "new", text: `A new record: ${card.dataset.name}` })
  const only = here()
  const taken = await chooser.open(`Who or what is “${card.dataset.name}”?`, "The whole name is linked, with what it says.", near)
  if (!taken) return
  const kind = card.dataset.kind
  const meant = taken.id === "new" ? { name: card.dataset.name, kind } : { record: Number(taken.id), kind }
  current = card
  send([item("link", { ...meant, ...only })])
  advance()
}

function people() {
  const seen = new Map()
  for (const card of cards()) {
    if (isName(card) && card.dataset.state !== "rejected") seen.set(card.dataset.record, card.dataset.name)
  }
  const nearby = spansOf(current)[0]?.[0] ?? 0
  const distance = (key) =>
    Math.min(...cards().filter((card) => card.dataset.record === key && isName(card)).flatMap((card) => spansOf(card).map(([start]) => Math.abs(start - nearby))))
  return [...seen].sort(([one], [other]) => distance(one) - distance(other)).map(([id, name]) => ({ id, text: name }))
}

async function reattribute() {
  if (current?.dataset.kind !== "quotation") return
  const card = current
  setMode("speaker")
  const taken = await chooser.open("Who says this?", "Those named nearest come first. Close it to click a name in the text.", [
    ...people(),
    { id: "", text: "Nobody who is named" },
  ])
  if (!taken) return say("Click the name of the speaker in the text, or press Escape.")
  current = card
  speak(taken.id)
}

function speak(record) {
  setMode("")
  send([item("speaker", record ? { record: Number(record) } : {})])
  advance()
}

function edit() {
  const span = current && spansOf(current)[place]
  if (!span) return
  if (mode === "edit") return endEdit()
  setMode("edit")
  const selection = document.getSelection()
  selection.removeAllRanges()
  selection.addRange(text.liveRange(...span))
  pane.focus({ preventScroll: true })
  say("Select the right words, with the mouse or with Shift and the arrows, then press Enter; Escape leaves them.")
}

function endEdit() {
  const chosen = text.selected() ?? remembered
  const span = spansOf(current)[place]
  setMode("")
  if (!chosen || (chosen.start === span[0] && chosen.end === span[1])) return
  send([item("span", { place: text.place(...span), places: [text.place(chosen.start, chosen.end)] })])
  document.getSelection().removeAllRanges()
  current.focus({ preventScroll: true })
}

function setMode(name) {
  mode = name
  form.dataset.mode = name
}

function setOnly(value) {
  onlyHere = value
  tools.querySelector('[data-do="only"]').setAttribute("aria-pressed", String(value))
  if (value) say("The next decision is about this place only.")
}

// What was missed.

function add() {
  const chosen = text.selected() ?? remembered
  if (!mayDecide) return
  if (!chosen) return say("Select words in the text first.")
  const taken = cards().filter((card) => isName(card) && card.dataset.state !== "rejected").flatMap(spansOf)
  const others = text.others(chosen, taken)
  const label = document.getElementById("add-others-label")
  document.getElementById("add-words").textContent = text.words(chosen.start, chosen.end)
  document.getElementById("add-more").hidden = !others.length
  label.textContent = others.length === 1 ? label.dataset.one : label.dataset.many.replace("%d", others.length)
  addDialog.chosen = chosen
  addDialog.others = others
  addDialog.showModal()
}

async function mark(kind) {
  const { chosen, others } = addDialog
  const withOthers = kind !== "quotation" && document.getElementById("add-others").checked ? others : []
  const places = [chosen, ...withOthers].map(({ start, end }) => text.place(start, end))
  addDialog.close()
  let meant = { kind }
  if (kind === "record") {
    const taken = await chooser.open(`Which record is “${places[0].exact}”?`, "", people())
    if (!taken) return
    meant = { kind: "person", record: Number(taken.id) }
  }
  document.getSelection().removeAllRanges()
  remembered = null
  send([{ row: "new", action: "add", places, ...meant }])
}

// What comes back.

function replaceCard(key, html) {
  const holder = document.createElement("template")
  holder.innerHTML = html.trim()
  const fresh = holder.content.firstElementChild
  const old = document.getElementById(key)
  for (const button of fresh.querySelectorAll("button[hidden]")) button.hidden = !mayDecide
  if (!old) list.append(fresh)
  else {
    const isOpen = old.querySelector("details")?.open
    const hadFocus = old === document.activeElement
    if (isOpen) fresh.querySelector("details").open = true
    if (old === current) {
      current = fresh
      fresh.setAttribute("aria-current", "true")
      fresh.append(tools)
    }
    old.replaceWith(fresh)
    if (hadFocus) fresh.focus({ preventScroll: true })
  }
  return fresh
}

function reorder(order) {
  const wanted = new Set(order)
  for (const card of cards()) {
    if (wanted.has(card.id)) continue
    if (card === current) {
      form.append(tools)
      current = null
    }
    card.remove()
  }
  // Moving a card would take the focus from what is in it: only what stands elsewhere is moved.
  order.forEach((key, number) => {
    const card = document.getElementById(key)
    if (card && list.children[number] !== card) list.insertBefore(card, list.children[number] ?? null)
  })
}

function take(answer) {
  for (const [key, html] of Object.entries(answer.cards ?? {})) replaceCard(key, html)
  if (answer.order) reorder(answer.order)
  if (!("left" in answer)) return
  document.getElementById("left").textContent = `${answer.left} of ${answer.total} left`
  document.getElementById("sure").textContent = `(${answer.sure})`
  document.getElementById("nothing").hidden = answer.total > 0
  document.getElementById("recent").innerHTML = answer.recent
  for (const name of ["undo", "redo"]) form.querySelector(`.bar [name=${name}]`).disabled = !answer[name]
}

function answered(operation, status, answer) {
  if (status === 401 || status === 403) {
    return say("Not saved: you are signed out. Sign in in another tab; what you decided here is kept and sent then.")
  }
  if (!answer) return say("Not saved: the server does not answer. It is tried again.")
  if (answer.text !== undefined) {
    document.getElementById("blocks").innerHTML = answer.text
    document.getElementById("text-revision").value = answer.revision
    text = new StoryText(document.getElementById("blocks"))
  }
  const known = new Set(cards().map((card) => card.id))
  take(answer)
  say(answer.message)
  const added = operation.items?.[0]?.row === "new" && cards().find((card) => !known.has(card.id))
  const undone = (operation.undo || operation.redo) && Object.keys(answer.cards ?? {})[0]
  if (added) go(added)
  else if (undone && document.getElementById(undone)) go(document.getElementById(undone))
  else if (!current) advance()
  else show()
}

function waiting(number) {
  say(number === 1 ? "No connection: 1 decision waits here and is sent later." : `No connection: ${number} decisions wait here and are sent later.`)
}

// Buttons, keys, clicks.

const ACTIONS = {
  accept: () => decide("accept"),
  reject: () => decide("reject"),
  unsure: () => decide("unsure"),
  skip: () => step(1),
  kind: (button) => decide("kind", { kind: button.dataset.value }),
  link,
  merge: () => isName(current) && location.assign(`${form.dataset.merge}?first=${current.dataset.record}`),
  speaker: reattribute,
  edit,
  only: () => setOnly(!onlyHere),
  add,
  "previous-place": () => stepPlace(-1),
  "next-place": () => stepPlace(1),
  sure: acceptSure,
  undo: () => mayDecide && outbox.push({ undo: "last" }),
  redo: () => mayDecide && outbox.push({ redo: "last" }),
  help: () => document.getElementById("help").showModal(),
  next: () => location.assign(form.dataset.next),
}

function acceptSure() {
  const sure = cards().filter((card) => "sure" in card.dataset)
  if (!sure.length) return say("No name is sure enough to accept unseen.")
  send(sure.map((card) => ({ row: card.id, revision: card.dataset.revision, action: "accept" })))
}

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  n: ACTIONS["next-place"],
  p: ACTIONS["previous-place"],
  a: ACTIONS.accept,
  x: ACTIONS.reject,
  s: ACTIONS.skip,
  u: ACTIONS.unsure,
  l: link,
  r: reattribute,
  e: edit,
  o: () => isName(current) && ACTIONS.only(),
  m: ACTIONS.merge,
  "+": add,
  z: ACTIONS.undo,
  Z: ACTIONS.redo,
  A: acceptSure,
  "?": ACTIONS.help,
}

function onKey(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || document.querySelector("dialog[open]")) return
  if (event.target.closest("input, select, textarea, [contenteditable]")) return
  if (event.key === "Escape" && mode) {
    setMode("")
    say("")
    current?.focus({ preventScroll: true })
    return event.preventDefault()
  }
  if (event.key === "Enter" && mode === "edit") {
    endEdit()
    return event.preventDefault()
  }
  if (!keys?.checked) return
  if (event.key === "Enter" && event.shiftKey) {
    ACTIONS.next()
    return event.preventDefault()
  }
  const kind = Number(event.key)
  if (isName(current) && kind >= 1 && kind <= 4) {
    decide("kind", { kind: [...kindsOfNames, "other"][kind - 1] })
    return event.preventDefault()
  }
  const act = KEYS[event.key]
  if (!act) return
  event.preventDefault()
  act()
}

function onClick(event) {
  const button = event.target.closest("button, a[data-do]")
  const card = event.target.closest(".card")
  if (!button) {
    if (card && !event.target.closest("a, summary, select, input, label")) go(card)
    return
  }
  if (button.matches("[data-do]")) {
    event.preventDefault()
    return ACTIONS[button.dataset.do](button)
  }
  if (card && card !== current && button.closest("li.card")) go(card, { focus: false })
  if (button.dataset.candidate) return decide("link", { record: Number(button.dataset.candidate), kind: card.dataset.kind })
  if (button.dataset.role) {
    const role = button.closest("li")
    return send([{ row: role.id, revision: role.dataset.revision, action: button.dataset.role }])
  }
  if ("again" in button.dataset) {
    const mine = sent.get(card.id)
    if (mine) send([{ ...mine, revision: card.dataset.revision }])
    return
  }
  if (button.name === "undo") {
    event.preventDefault()
    outbox.push({ undo: button.value })
  }
}

function onTextClick(event) {
  if (!document.getSelection().isCollapsed) return
  const offset = text.at(event.clientX, event.clientY)
  if (offset === null) return
  const hits = cardsAt(cards(), offset)
  if (!hits.length) return
  if (mode === "speaker") {
    const name = hits.find(({ card }) => isName(card))
    if (name) return speak(name.card.dataset.record)
  }
  lastHits = { offset, number: offset === lastHits.offset ? (lastHits.number + 1) % hits.length : 0 }
  const { card, number } = hits[lastHits.number]
  go(card, { number, focus: false })
}

function onSelected() {
  const chosen = text.selected()
  if (chosen) remembered = chosen
}

const outbox = new Outbox(form, { answered, waiting })

form.classList.add("is-live")
for (const part of form.querySelectorAll(".live")) part.hidden = false
for (const button of list.querySelectorAll("button[hidden]")) button.hidden = !mayDecide
form.addEventListener("submit", (event) => event.preventDefault())
form.addEventListener("click", onClick)
addEventListener("keydown", onKey)
document.addEventListener("selectionchange", onSelected)
pane.addEventListener("click", onTextClick)
pane.addEventListener("pointerup", (event) => {
  // After the browser has made the selection; a click without one is no selection.
  setTimeout(() => {
    if (mayDecide && mode !== "edit" && event.pointerType === "mouse" && text.selected()) add()
  })
})
addDialog.addEventListener("click", (event) => {
  const kind = event.target.closest("[data-mark]")?.dataset.mark
  if (kind) mark(kind)
})
addDialog.addEventListener("keydown", (event) => {
  const kind = { 1: "person", 2: "organisation", 3: "location", 4: "quotation", l: "record" }[event.key]
  if (!kind) return
  event.preventDefault()
  mark(kind)
})
// Who else is here, and whether the text is still the one that is shown.
async function lookAround() {
  if (document.hidden) return
  const { company, revision } = await outbox.ask({ here: true })
  document.getElementById("company").textContent = company ?? ""
  if (revision && revision !== document.getElementById("text-revision").value) {
    say("The text was edited meanwhile: it is shown anew with your next decision.")
  }
}
setInterval(() => lookAround().catch(() => {}), 30_000)

addEventListener("beforeunload", (event) => {
  if (!outbox.isEmpty) event.preventDefault()
})

if (keys) {
  const name = `review-keys:${form.dataset.user}`
  keys.checked = localStorage.getItem(name) !== "off"
  keys.addEventListener("change", () => localStorage.setItem(name, keys.checked ? "on" : "off"))
}

go(cards().find((card) => "left" in card.dataset) ?? cards()[0], { focus: false })
if (!current) show()
