// The marks in the text: painted over it by the browser, which leaves the text itself as it is, so that they may overlap.
// A browser without the CSS Custom Highlight API shows the plain text; the cards say everything that the marks say.

const KINDS = ["person", "organisation", "location", "quotation", "doubt", "current", "place"]
const PRIORITY = { quotation: 1, location: 2, organisation: 3, person: 4, doubt: 5, current: 6, place: 7 }

const canPaint = "highlights" in CSS && typeof Highlight === "function"

export function spansOf(card) {
  return JSON.parse(card.dataset.spans ?? "[]")
}

export function paint(text, cards, current, placeNumber) {
  if (!canPaint) return
  const marks = Object.fromEntries(KINDS.map((kind) => [kind, new Highlight()]))
  for (const [kind, mark] of Object.entries(marks)) mark.priority = PRIORITY[kind]
  const add = (kind, [start, end]) => text.ranges(start, end).forEach((range) => marks[kind].add(range))
  for (const card of cards) {
    if (card.dataset.state === "rejected" && card !== current) continue
    for (const span of spansOf(card)) {
      if (card.dataset.kind in marks) add(card.dataset.kind, span)
      if ("doubt" in card.dataset && "left" in card.dataset) add("doubt", span)
      if (card === current) add("current", span)
    }
  }
  const place = current && spansOf(current)[placeNumber]
  if (place) add("place", place)
  for (const kind of KINDS) CSS.highlights.set(`review-${kind}`, marks[kind])
}

// The cards whose words stand at an offset, the innermost first.
export function cardsAt(cards, offset) {
  const hits = []
  for (const card of cards) {
    spansOf(card).forEach(([start, end], number) => {
      if (start <= offset && offset < end) hits.push({ card, number, length: end - start })
    })
  }
  return hits.sort((one, other) => one.length - other.length)
}
