// The editor of django-prose-editor for the body of an article, with the elements that a body may have and no others.
//
// It is set up here and not by the package's own presets because those need an inline import map and put a <style>
// element into the page; the content security policy allows neither. The same rules stand in admin.css.

import {
  Blockquote, Bold, BulletList, CodeBlock, Document, Dropcursor, Editor, Gapcursor, HardBreak, Heading, History,
  HorizontalRule, Italic, Link, ListItem, Menu, Node, OrderedList, Paragraph, Subscript, Superscript, Table, TableCell,
  TableHeader, TableRow, Text,
} from "../../django_prose_editor/editor.js"

const Figure = Node.create({
  name: "storyFigure", // "figure" would bring the menu’s button for pictures
  group: "block",
  content: "(block | storyCaption)+",
  parseHTML: () => [{ tag: "figure" }],
  renderHTML: () => ["figure", 0],
})

const FigCaption = Node.create({
  name: "storyCaption",
  content: "inline*",
  defining: true,
  parseHTML: () => [{ tag: "figcaption" }],
  renderHTML: () => ["figcaption", 0],
})

const GROUPS = [
  { group: "headings" },
  { group: "lists" },
  { group: "nodes -headings -lists" },
  { group: "marks" },
  { group: "link" },
  { group: "table" },
  { group: "history" },
]

const EXTENSIONS = [
  Document, Paragraph, Text, HardBreak, Heading.configure({ levels: [2, 3, 4] }), Blockquote, BulletList, OrderedList,
  ListItem, CodeBlock, HorizontalRule, Figure, FigCaption, Bold, Italic, Subscript, Superscript,
  Link.configure({ enableTarget: false, protocols: ["http", "https", "mailto"] }),
  Table, TableRow, TableHeader, TableCell, History, Dropcursor, Gapcursor, Menu.configure({ groups: GROUPS }),
]

// The editor wraps the text of each cell in a paragraph; stories have it bare.
const LONE_PARAGRAPH = /(<t[dh][^>]*>)<p>((?:(?!<\/?p>).)*)<\/p>(?=<\/t[dh]>)/gs

// What is pasted from word processors and web pages is full of styles. The editor drops them, but only after the policy
// has refused and reported each one.
const STYLES = /<style[^]*?<\/style>/gi
const STYLE_ATTRIBUTES = /\s(?:style|on\w+)\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+)/gi

function withoutStyles(html) {
  return html.replace(STYLES, "").replace(/<\w[^>]*>/g, (tag) => tag.replace(STYLE_ATTRIBUTES, ""))
}

function bodyOf(editor) {
  return editor.isEmpty ? "" : editor.getHTML().replace(LONE_PARAGRAPH, "$1$2")
}

function replaceTextarea(textarea) {
  const element = document.createElement("div")
  element.className = "prose-editor"
  textarea.before(element)
  element.append(textarea)

  const label = document.querySelector(`label[for="${textarea.id}"]`)
  const attributes = { role: "textbox", "aria-multiline": "true", spellcheck: "true" }
  if (label) {
    label.id ||= `${textarea.id}_label`
    attributes["aria-labelledby"] = label.id
  }
  const help = document.getElementById(`${textarea.id}_helptext`)
  if (help) attributes["aria-describedby"] = help.id

  const editor = new Editor({
    element,
    injectCSS: false,
    extensions: EXTENSIONS,
    editorProps: { attributes, transformPastedHTML: withoutStyles },
    content: textarea.value,
    onUpdate: ({ editor }) => {
      textarea.value = bodyOf(editor)
    },
  })
  label?.addEventListener("click", () => editor.commands.focus())
}

document.querySelectorAll("textarea[data-body-editor]").forEach(replaceTextarea)
