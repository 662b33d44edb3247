// A sample shop page with an embedded payment link, served only in the sandbox.

export const embedExample = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>A payment link in a shop’s page</title>
<style>
body { max-width: 640px; margin: 40px auto; padding: 0 20px; font: 16px/24px system-ui, sans-serif; color-scheme: light dark }
form { display: flex; flex-wrap: wrap; gap: 8px; margin: 24px 0 }
label { width: 100% }
input { flex: 1; min-width: 200px; padding: 12px; font: inherit }
button { padding: 12px 20px; font: inherit }
#payment { border: 1px solid #8888; border-radius: 12px; overflow: hidden }
#payment:empty { display: none }
</style>
</head>
<body>
<main>
<h1>A payment link in a shop’s page</h1>
<p>Make a link with <code>"is_checkout_embed": true</code> for a merchant whose <code>embed_origins</code> hold the
origin of this page, and put it in here. On a phone, paying leaves the frame for the whole tab.</p>
<form>
<label for="link">Link</label>
<input id="link" name="link" type="url" required>
<button>Show</button>
</form>
<div id="payment"></div>
<p id="result" role="status"></p>
<p>What the frame reports is only a hint. A shop’s server asks <code>GET /api/paymentLink/{ref}/status</code>, or waits for
its webhook, before it ships anything.</p>
</main>
<script src="/embed.js"></script>
<script src="/docs/embed-example.js"></script>
</body>
</html>
`

/** Separate, because the page's policy forbids inline scripts. */
export const embedExampleScript = `let opened
const show = (link) => {
  opened?.close()
  opened = Dari.open({
    link,
    into: '#payment',
    onResult({ status }) {
      document.querySelector('#result').textContent = 'The frame says: ' + status
    },
  })
}
document.querySelector('form').addEventListener('submit', (submit) => {
  submit.preventDefault()
  show(new FormData(submit.target).get('link'))
})
`
