// Decisions on their way to the server: one after the other, each once, kept in the browser until they have arrived.

const RETRY = 4000 // milliseconds until a request that found no network is sent again

export class Outbox {
  // `answered(operation, status, answer)` is told of every answer; `waiting(number)` when the network is gone.
  constructor(form, { answered, waiting }) {
    this.url = form.action
    this.token = form.elements.csrfmiddlewaretoken.value
    this.key = `review:${form.dataset.user}:${form.dataset.article}`
    this.answered = answered
    this.waiting = waiting
    this.queue = this.kept()
    this.isSending = false
    addEventListener("online", () => this.send())
    if (this.queue.length) this.send()
  }

  kept() {
    try {
      const kept = JSON.parse(localStorage.getItem(this.key) ?? "[]")
      return Array.isArray(kept) ? kept : []
    } catch {
      return []
    }
  }

  keep() {
    try {
      if (this.queue.length) localStorage.setItem(this.key, JSON.stringify(this.queue))
      else localStorage.removeItem(this.key)
    } catch {
      // Storage is full or forbidden: what waits is lost with the page, and leaving it asks first.
    }
  }

  push(operation) {
    this.queue.push({ batch: crypto.randomUUID(), ...operation })
    this.keep()
    this.send()
  }

  get isEmpty() {
    return this.queue.length === 0
  }

  post(operation) {
    return fetch(this.url, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": this.token, Accept: "application/json" },
      body: JSON.stringify(operation),
    })
  }

  // A question that changes nothing and is not kept.
  async ask(question) {
    return (await this.post(question)).json()
  }

  async send() {
    if (this.isSending) return
    this.isSending = true
    while (this.queue.length) {
      const operation = this.queue[0]
      let response
      try {
        response = await this.post(operation)
      } catch {
        this.waiting(this.queue.length)
        setTimeout(() => this.send(), RETRY)
        break
      }
      const isJson = response.headers.get("Content-Type")?.includes("json") ?? false
      const answer = isJson ? await response.json() : null
      if (!answer && (response.redirected || response.status === 403 || response.status >= 500)) {
        // Signed out, or the server is down: nothing is thrown away.
        this.answered(operation, response.redirected ? 401 : response.status, null)
        setTimeout(() => this.send(), 3 * RETRY)
        break
      }
      this.queue.shift()
      if (response.status === 409) this.queue.unshift({ ...operation, text: answer.revision })
      this.keep()
      this.answered(operation, response.status, answer)
    }
    this.isSending = false
  }
}
