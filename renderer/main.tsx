import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { desk } from './bridge.ts'
import { follow } from './stores/place.ts'
import { startSync } from './stores/sync.ts'
import './styles/index.css'

// Main sends places only after `app.ready`, which the frame calls when it has drawn (features/shell/frame.tsx).
desk.on.onPlace(follow)
const sync = startSync(desk)

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App onRetry={sync.retry} />
    </StrictMode>,
  )
}
