// The text of the story as the page shows it, and places in it.
//
// Python counts code points, the page UTF-16 units: each block has a table from one to the other where they differ.
// A block of the page is one text node, and the blocks joined by newlines are the article's text.

const CONTEXT = 32 // characters sent along on either side of a place, as `articles/text/anchors.py` keeps them
const WORD = /[\p{L}\p{N}]/u

class Block {
  constructor(element) {
    this.element = element
    this.node = element.firstChild ?? element.appendChild(document.createTextNode(""))
    this.start = Number(element.dataset.start)
    this.points = Array.from(this.node.data)
    this.end = this.start + this.points.length
    this.units = null // for each code point where it begins among the UTF-16 units, if the two differ
    if (this.points.length !== this.node.data.length) {
      this.units = [0]
      for (const point of this.points) this.units.push(this.units.at(-1) + point.length)
    }
  }

  unit(offset) {
    const point = Math.min(Math.max(offset - this.start, 0), this.points.length)
    return this.units ? this.units[point] : point
  }

  offset(unit) {
    if (!this.units) return this.start + unit
    const point = this.units.findIndex((begin) => begin >= unit)
    return this.start + (point < 0 ? this.points.length : point)
  }
}

export class StoryText {
  constructor(root) {
    this.root = root
    this.blocks = [...root.querySelectorAll("[data-start]")].map((element) => new Block(element))
    this.points = this.blocks.flatMap((block, number) => (number ? ["\n", ...block.points] : block.points))
  }

  words(start, end) {
    return this.points.slice(start, end).join("")
  }

  // A place with the words in it and around it, as the server finds it again.
  place(start, end) {
    return {
      start,
      end,
      exact: this.words(start, end),
      prefix: this.words(Math.max(0, start - CONTEXT), start),
      suffix: this.words(end, end + CONTEXT),
    }
  }

  // One range for each block that a place touches.
  ranges(start, end) {
    const ranges = []
    for (const block of this.blocks) {
      if (block.end <= start || block.start >= end) continue
      const range = new StaticRange({
        startContainer: block.node,
        startOffset: block.unit(Math.max(start, block.start)),
        endContainer: block.node,
        endOffset: block.unit(Math.min(end, block.end)),
      })
      ranges.push(range)
    }
    return ranges
  }

  liveRange(start, end) {
    const range = document.createRange()
    const from = this.blocks.find((block) => start < block.end) ?? this.blocks.at(-1)
    const to = this.blocks.find((block) => end <= block.end) ?? this.blocks.at(-1)
    range.setStart(from.node, from.unit(start))
    range.setEnd(to.node, to.unit(end))
    return range
  }

  // What is selected, without the white space at its ends; null where nothing of the text is.
  selected() {
    const selection = document.getSelection()
    if (!selection?.rangeCount || selection.isCollapsed) return null
    const range = selection.getRangeAt(0)
    const touched = this.blocks.filter((block) => range.intersectsNode(block.node))
    if (!touched.length) return null
    const [first, last] = [touched[0], touched.at(-1)]
    let start = range.startContainer === first.node ? first.offset(range.startOffset) : first.start
    let end = range.endContainer === last.node ? last.offset(range.endOffset) : last.end
    while (start < end && /\s/.test(this.points[start])) start += 1
    while (end > start && /\s/.test(this.points[end - 1])) end -= 1
    return start < end ? { start, end } : null
  }

  // The offset of the character under a point of the window; null beside the text.
  at(x, y) {
    const caret = document.caretPositionFromPoint?.(x, y)
    const old = caret ? null : document.caretRangeFromPoint?.(x, y)
    const node = caret?.offsetNode ?? old?.startContainer
    const block = this.blocks.find((each) => each.node === node)
    return block ? block.offset(caret?.offset ?? old.startOffset) : null
  }

  // Where else the same words stand as whole words, outside the places given.
  others(place, taken) {
    const words = this.points.slice(place.start, place.end)
    const found = []
    for (let start = 0; start + words.length <= this.points.length; start += 1) {
      const end = start + words.length
      if (start === place.start || words.some((point, number) => this.points[start + number] !== point)) continue
      if (WORD.test(this.points[start - 1] ?? "") || WORD.test(this.points[end] ?? "")) continue
      if (taken.some(([from, to]) => from < end && start < to)) continue
      found.push({ start, end })
    }
    return found
  }
}
