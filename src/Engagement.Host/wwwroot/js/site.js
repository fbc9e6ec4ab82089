// Every page works without this: it adds what the libraries' components do where there is JavaScript.
import { initAll as initGovuk } from '../govuk/govuk-frontend.min.js'
import { initAll as initMoj } from '../moj/moj-frontend.min.js'

initGovuk()
initMoj()
