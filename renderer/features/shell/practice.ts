import { useConnections } from '../../stores/connections.ts'
import { useDefinitions } from '../../stores/definitions.ts'
import { usePlace } from '../../stores/place.ts'

/**
 * Whether all that can be seen and pressed here is practice. Beside a production connection the band would promise
 * too much on the screens that show both, so it stands there only on a practice connection's own pages.
 */
export function useInPractice(): boolean {
  const connections = useConnections(state => state.all)
  const page = usePlace(state => state.page)
  const definition = useDefinitions(state =>
    'definitionId' in page ? state.all.find(one => one.id === page.definitionId) : undefined,
  )
  const here = 'connectionId' in page ? page.connectionId : definition?.connectionId
  // What is filled in there leaves this computer.
  if (page.screen === 'add-connection') return false
  const practice = connections.filter(one => one.mark === 'practice')
  if (here !== undefined) return practice.some(one => one.id === here)
  return practice.length > 0 && practice.length === connections.length
}
