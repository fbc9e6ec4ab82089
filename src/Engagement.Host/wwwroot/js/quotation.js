// Takes words over that were selected in the answer, so that nobody has to type them. They can be copied and pasted just as well.
const answer = document.getElementById('answer')
const button = document.querySelector('[data-quotation-selection]')
const field = document.getElementById('Text')

if (answer && button && field) {
  button.hidden = false
  button.addEventListener('click', () => {
    const selected = document.getSelection()
    const words = selected && answer.contains(selected.anchorNode) && answer.contains(selected.focusNode) ? selected.toString().trim() : ''
    if (words) {
      field.value = words
    }

    field.focus()
  })
}
