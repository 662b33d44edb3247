/** Leaves the page (or its frame) by a form, as gateways on phones want it. */
export function postForm(url: URL, target: string): void {
  const form = document.createElement('form')
  form.method = 'post'
  form.action = url.href
  form.target = target
  form.hidden = true
  document.body.append(form)
  form.submit()
}
