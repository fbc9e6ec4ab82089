// Warns two minutes before the session ends, and keeps it when asked. Every page that is opened keeps the session too, so the tabs tell one another.
const dialog = document.getElementById('session-warning')
const left = document.getElementById('session-warning-left')
const key = 'engagement-session-expires'
const warnAhead = 2 * 60 * 1000
let timer

const expires = () => Number(localStorage.getItem(key))
const keepFor = seconds => localStorage.setItem(key, String(Date.now() + seconds * 1000))

function watch () {
  clearTimeout(timer)
  const remaining = expires() - Date.now()
  if (remaining > warnAhead) {
    dialog.close()
    timer = setTimeout(watch, remaining - warnAhead)
    return
  }
  if (remaining <= 0) {
    location.assign(dialog.dataset.signIn + '?returnUrl=' + encodeURIComponent(location.pathname + location.search))
    return
  }
  if (!dialog.open) {
    dialog.showModal()
  }
  const seconds = Math.round(remaining / 1000)
  left.textContent = seconds > 60 ? Math.ceil(seconds / 60) + ' minutes' : seconds + ' seconds'
  timer = setTimeout(watch, 5000)
}

document.getElementById('session-warning-stay').addEventListener('click', async () => {
  const answer = await fetch(dialog.dataset.stay, { method: 'POST', redirect: 'manual' })
  if (!answer.ok) {
    location.reload()
    return
  }
  const { secondsLeft } = await answer.json()
  keepFor(secondsLeft)
  document.getElementById('session-warning-last').hidden = secondsLeft * 1000 > warnAhead
  watch()
})

addEventListener('storage', event => {
  if (event.key === key) {
    watch()
  }
})

keepFor(Number(dialog.dataset.secondsLeft))
watch()
