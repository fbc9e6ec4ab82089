// Moves and duplicates questions without loading the page anew: the same form is sent, and the content of the answer takes the place
// of what is shown. The focus stays with what was moved, and the banner or the error summary of the answer is read out.
const main = document.getElementById('main-content')

main.addEventListener('submit', async (event) => {
  const button = event.submitter
  if (!button || !button.matches('.site-link-button[formaction]')) {
    return
  }

  event.preventDefault()
  const fields = new URLSearchParams(new FormData(event.target))
  fields.set(button.name, button.value)
  const answer = await fetch(button.formAction, { method: 'POST', body: fields })
  const shown = new DOMParser().parseFromString(await answer.text(), 'text/html')
  const content = shown.getElementById('main-content')
  if (!answer.ok || !content || !shown.querySelector('.builder-questions')) {
    window.location.assign(answer.url)
    return
  }

  document.title = shown.title
  main.replaceChildren(...content.childNodes)
  const target = main.querySelector('.govuk-error-summary') || again(button) || main.querySelector('h1')
  if (!target.matches('a, button')) {
    target.setAttribute('tabindex', '-1')
  }

  target.focus()
})

// The same button of the same thing; at the end of the list the one the other way.
function again(button) {
  const [direction, what] = button.value.split(':')
  if (button.name === 'move' && button.formAction.includes('handler=MovePage')) {
    const place = Number(what) + (direction === 'up' ? -1 : 1)
    return main.querySelector(`[value="${direction}:${place}"]`) || main.querySelector(`#page-${place} [name=move]`)
  }

  return main.querySelector(`[name="${button.name}"][value="${button.value}"]`) || main.querySelector(`#question-${what} [name=move]`)
}
