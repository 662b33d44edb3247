// Preloaded into a real server: moves its clock by messages from the parent process. Timers run in real time.
const RealDate = Date
let ahead = 0

globalThis.Date = class extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(RealDate.now() + ahead)
    else super(...given)
  }
  static now() {
    return RealDate.now() + ahead
  }
}

process.on('message', (message) => {
  if (typeof message?.ahead !== 'number') return
  ahead = message.ahead
  process.send?.({ moved: ahead })
})
process.channel?.unref()
