// What is typed into the form of an article is kept on the server every few seconds, and when the page is left. Along
// comes who else has the article open, and whether somebody saved a newer version.

const EVERY = 3_000 // milliseconds between two looks at the form
const BEAT = 30_000 // and between two signs of life where nothing was typed

const key = document.querySelector("input[name=_draft][data-url]")
if (key) watch(key.form, key)

function watch(form, key) {
  const saved = document.getElementById("draft-status")
  const failed = document.getElementById("draft-failed")
  const others = document.getElementById("others")
  const newer = document.getElementById("newer")
  let kept = "typed" in key.dataset ? null : read()
  let beat = Date.now()
  let sending = null
  let isSent = false

  function read() {
    const data = new URLSearchParams()
    for (const [name, value] of new FormData(form)) if (typeof value === "string") data.append(name, value)
    return data.toString()
  }

  function message(typed, ...flags) {
    const data = new URLSearchParams(typed)
    if (flags.length) for (const flag of flags) data.append(flag, "1")
    return data
  }

  // Without what was typed: enough to be seen and to be told.
  function sign(...flags) {
    const data = new URLSearchParams()
    for (const name of ["csrfmiddlewaretoken", "_revision"]) data.append(name, form.elements[name].value)
    return message(data.toString(), ...flags)
  }

  async function look() {
    if (sending || isSent) return
    const typed = read()
    const isChanged = typed !== kept
    if (!isChanged && Date.now() - beat < BEAT) return
    beat = Date.now()
    sending = new AbortController()
    try {
      const body = isChanged ? message(typed, "_typed") : sign()
      const response = await fetch(key.dataset.url, { method: "POST", body, signal: sending.signal })
      if (!response.ok || response.redirected) return fail(failed.dataset.refused)
      tell(await response.json())
      if (isChanged) kept = typed
    } catch (error) {
      if (error.name !== "AbortError") fail(failed.dataset.offline)
    } finally {
      sending = null
    }
  }

  function tell(said) {
    failed.hidden = true
    if (said.saved) {
      saved.textContent = `${saved.dataset.saved} ${said.saved}`
      saved.hidden = false
    }
    show(others, said.others)
    show(newer, said.newer ? [said.newer] : [])
  }

  function show(notice, sentences) {
    if (notice.textContent.trim() !== sentences.join("")) {
      notice.replaceChildren(...sentences.map((said) => Object.assign(document.createElement("p"), { textContent: said })))
    }
    notice.hidden = sentences.length === 0
  }

  function fail(said) {
    saved.hidden = true
    if (failed.textContent !== said) failed.textContent = said
    failed.hidden = false
  }

  form.addEventListener("submit", () => {
    isSent = true
    sending?.abort()
  })
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) isSent = false
  })
  window.addEventListener("pagehide", () => {
    const typed = read()
    const isChanged = !isSent && typed !== kept
    navigator.sendBeacon(key.dataset.url, isChanged ? message(typed, "_typed", "_leave") : sign("_leave"))
  })
  setInterval(look, EVERY)
}
