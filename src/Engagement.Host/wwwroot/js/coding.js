// The keyboard on the page on which free text is coded. Everything it does, the page's own buttons and links do too.
const desk = document.querySelector('[data-coding]')
const form = desk?.querySelector('[data-coding-form]')
const panel = desk?.querySelector('[data-coding-keys]')
const remembered = 'coding-keys'

if (form && panel) {
  const on = panel.querySelector('input')
  panel.hidden = false

  // Remembered on this device only: who turns the keys off does not meet them again (WCAG 2.1.4).
  on.checked = localStorage.getItem(remembered) !== 'off'
  on.addEventListener('change', () => localStorage.setItem(remembered, on.checked ? 'on' : 'off'))

  const follow = link => link && location.assign(link.href)
  const press = button => button?.click()

  document.addEventListener('keydown', event => {
    const typing = event.target.closest('input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]')
    if (!on.checked || typing || event.ctrlKey || event.altKey || event.metaKey || event.repeat) {
      return
    }

    const theme = form.querySelector(`[data-coding-key="${CSS.escape(event.key)}"]`)
    if (theme) {
      // A click, so that "none" and the themes untick each other.
      theme.click()
      theme.focus()
    } else if (event.key === 's') {
      press(form.querySelector('button'))
    } else if (event.key === 'n') {
      follow(desk.querySelector('[data-coding-next]'))
    } else if (event.key === 'p') {
      follow(desk.querySelector('[data-coding-previous]'))
    } else if (event.key === 'u') {
      press(document.querySelector('[data-coding-undo] button'))
    } else {
      return
    }

    event.preventDefault()
  })
}
