import { dirname } from 'node:path'
import { expect, test } from 'vitest'
import { profileId } from '../../../main/adapters/database/repositories/profile.ts'
import { countingIds } from '../../fakes/counting-ids.ts'
import { fakeClock } from '../../fakes/fake-clock.ts'
import { tempDatabase } from '../../fakes/temp-profile.ts'

test('a profile keeps the id it was given first', () => {
  const ids = countingIds()
  const database = tempDatabase()
  expect(profileId(database, fakeClock(), ids)).toBe('profile-1')
  const again = tempDatabase(dirname(database.file))
  expect(profileId(again, fakeClock(), ids)).toBe('profile-1')
})
