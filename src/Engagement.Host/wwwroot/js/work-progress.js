// Asks how far the work is, and says so where it has changed. When it has ended the link leads to what came of it.
const box = document.querySelector('[data-work-progress]')
const text = box.querySelector('[data-work-text]')
const bar = box.querySelector('progress')
const link = box.querySelector('[data-work-refresh]')

async function look () {
  const answer = await fetch(box.dataset.workProgress, { redirect: 'manual' })
  if (!answer.ok) {
    text.textContent = 'The service does not answer just now. The work goes on; look again in a moment.'
    return
  }
  const work = await answer.json()
  if (text.textContent !== work.text) {
    text.textContent = work.text
  }
  if (work.finished) {
    bar.remove()
    link.textContent = 'Show what came of it'
    return
  }
  if (work.percent !== null) {
    bar.value = work.percent
  }
  setTimeout(look, 2000)
}

setTimeout(look, 1000)
