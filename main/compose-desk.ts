import { randomBytes } from 'node:crypto'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { app } from 'electron'
import { startOfYesterday } from './adapters/calendar.ts'
import { systemClock as clock } from './adapters/clock.ts'
import { openDatabase } from './adapters/database/database.ts'
import { createActivityRepository } from './adapters/database/repositories/activity.ts'
import { createAsksRepository } from './adapters/database/repositories/asks.ts'
import { createChecksRepository } from './adapters/database/repositories/checks.ts'
import { createConnectionsRepository } from './adapters/database/repositories/connections.ts'
import { createDefinitionsRepository } from './adapters/database/repositories/definitions.ts'
import { createDeliveriesRepository } from './adapters/database/repositories/deliveries.ts'
import { createHistoryRepository } from './adapters/database/repositories/history.ts'
import { createJobsRepository } from './adapters/database/repositories/jobs.ts'
import { createLeases } from './adapters/database/repositories/leases.ts'
import { profileId as profileIdOf } from './adapters/database/repositories/profile.ts'
import { createRawAnswersRepository } from './adapters/database/repositories/raw-answers.ts'
import { createReceiptsRepository } from './adapters/database/repositories/receipts.ts'
import { createSchedulesRepository } from './adapters/database/repositories/schedules.ts'
import { createSettingsRepository } from './adapters/database/repositories/settings.ts'
import { createTurnsRepository } from './adapters/database/repositories/turns.ts'
import { nodeFolders } from './adapters/files/list-folders.ts'
import { nodeFiles, trialFiles } from './adapters/files/node-files.ts'
import { nodeSourceFolders } from './adapters/files/source-folders.ts'
import { openHttp } from './adapters/http/open-http.ts'
import { randomIds as ids } from './adapters/ids.ts'
import { openMetered } from './adapters/metered/open-metered.ts'
import { pdfPrinter } from './adapters/pdf-printer.ts'
import { openPolicy } from './adapters/policy/policy.ts'
import { ElectronPower } from './adapters/power.ts'
import { processesOf } from './adapters/processes.ts'
import { openKeychain } from './adapters/secrets/open-keychain.ts'
import { SessionSecrets } from './adapters/secrets/session-secrets.ts'
import { openFileWorkers } from './adapters/worker/file-workers.ts'
import { zipPacker } from './adapters/zip-packer.ts'
import { installSession } from './app/session.ts'
import { composeSupport, keepBeforeIn } from './compose-support.ts'
import { createActivityService } from './core/activity/activity-service.ts'
import { createChecks } from './core/checks/checks.ts'
import { findingNeeds } from './core/checks/needs.ts'
import { createConnectionsService } from './core/connections/connections-service.ts'
import { createRefusedSecrets } from './core/connections/refused-secrets.ts'
import { createSecretStore } from './core/connections/secret-store.ts'
import { createSessions } from './core/connections/sessions.ts'
import type { ThisRun } from './core/connections/this-run.ts'
import { createTurns } from './core/connections/turns.ts'
import { createDefinitionsService } from './core/definitions/definitions-service.ts'
import { createDeliveries } from './core/deliveries/deliveries.ts'
import { createDeliveriesService } from './core/deliveries/deliveries-service.ts'
import { createDryRuns } from './core/deliveries/dry-runs.ts'
import { createMeteredRule, neverWaits } from './core/deliveries/metered.ts'
import { createDeliveryViews } from './core/deliveries/views.ts'
import type { DeliveriesWorld } from './core/deliveries/world.ts'
import type { Desk } from './core/desk.ts'
import { createEvents, type Events } from './core/events.ts'
import { createHistoryService } from './core/history/history-service.ts'
import { receiptSummary } from './core/history/row.ts'
import type { ConnectionId, DefinitionId } from './core/ids.ts'
import { createJobViews } from './core/jobs/job-view.ts'
import { createJobsService } from './core/jobs/jobs-service.ts'
import { createLists } from './core/jobs/lists.ts'
import { createScope, deliveriesIn, jobsIn, type Scope, unwatched } from './core/jobs/scope.ts'
import { recoverStarts } from './core/jobs/settle.ts'
import { wantFiles } from './core/jobs/want.ts'
import { createWatcher } from './core/jobs/watch.ts'
import type { JobsWorld } from './core/jobs/world.ts'
import { beginWork } from './core/lifecycle/begin.ts'
import { createLifecycle, type Lifecycle } from './core/lifecycle/lifecycle.ts'
import { allowedHttp, managedConnections } from './core/policy/managed.ts'
import { proxyAccount } from './core/policy/proxy-sign-in.ts'
import type { Redactor } from './core/policy/redact.ts'
import type { Http, Log, Metered, Policy, Power, Secrets } from './core/ports.ts'
import { createReceiptsService } from './core/receipts/receipts-service.ts'
import { createSealKeys } from './core/receipts/seal-keys.ts'
import { sealedReceipts } from './core/receipts/sealed-receipts.ts'
import { createScheduler } from './core/schedules/scheduler.ts'
import { createSchedulesService } from './core/schedules/schedules-service.ts'
import { createScheduleViews } from './core/schedules/views.ts'
import type { SchedulesWorld } from './core/schedules/world.ts'
import { createSettingsFiles } from './core/settings/settings-files.ts'
import { createSettingsService } from './core/settings/settings-service.ts'
import { keepingAnswers } from './core/support/raw-answers.ts'
import { createSystems } from './core/systems/registry.ts'
import { hours, seconds } from './core/time.ts'

export type DeskParts = {
  readonly profile: string
  readonly log: Log
  readonly redactor: Redactor
  /** Set where one command uses the desk (main/compose-cli.ts), not the window. */
  readonly command?: { readonly thisRun: ThisRun }
}

export type ComposedDesk = {
  readonly desk: Desk
  readonly events: Events
  readonly power: Power
  readonly metered: Metered
  readonly policy: Policy
  /** The computer's keychain. */
  readonly keychain: Pick<Secrets, 'health'>
  readonly http: Http
  readonly lifecycle: Pick<Lifecycle, 'accept'>
  /** Whether another process that lives works on this profile. */
  readonly workElsewhere: () => Promise<boolean>
  /** The jobs that a command works on; the window works on all. */
  readonly scope: Scope
  /** Begins the work that goes on by itself (core/lifecycle/begin.ts). */
  begin(): Promise<void>
  /** The same for a command: finishes what was cut, then watches and delivers what is in its scope. */
  beginInScope(): Promise<void>
  /** Ends it in order; `first` is closed before the rest. */
  stop(first: readonly (() => Promise<void>)[]): Promise<void>
}

/**
 * Opens the desk of a profile. Throws `profile-newer`, `profile-damaged`, `profile-locked` or `folder-not-writable`
 * where the profile cannot be opened; nothing is written then.
 */
export async function composeDesk({ profile, log, redactor, command }: DeskParts): Promise<ComposedDesk> {
  const onFault = (error: unknown) => log.write('error', 'fault', { error })
  const built = (name: string) => join(app.getAppPath(), 'dist', 'main', name)

  // Stored
  const database = openDatabase(profile)
  const profileId = profileIdOf(database, clock, ids)
  const savedConnections = createConnectionsRepository(database, clock, log)
  const connections = command ? command.thisRun.connections(savedConnections) : savedConnections
  const definitions = createDefinitionsRepository(database, log)
  const asks = createAsksRepository(database, log)
  const jobs = createJobsRepository(database, clock, log)
  const deliveries = createDeliveriesRepository(database, clock, log)
  const history = createHistoryRepository(database, log)
  const schedules = createSchedulesRepository(database, clock, log)
  const leases = createLeases(database, clock, ids, processesOf(process.platform))

  // The surroundings
  const events = createEvents(onFault)
  const lifecycle = createLifecycle(clock, log)
  const power = new ElectronPower()
  const metered = openMetered(process.platform, process.env)
  const keychain = openKeychain(built('keychain.js'))
  const policy = openPolicy(log)
  const settings = createSettingsService(createSettingsRepository(database, log), policy, events, log)
  const proxyCredentials = proxyAccount(keychain.secrets, `${profileId}/proxy`, redactor)
  const {
    http: openNetwork,
    network,
    sessions: httpSessions,
  } = openHttp({
    userAgent: `ExtractDesk/${app.getVersion()}`,
    proxyAccount: proxyCredentials,
  })
  const http = allowedHttp(openNetwork, policy)
  await installSession({ sessions: httpSessions, settings, events, onProblem: onFault })

  // Connections
  const answers = createRawAnswersRepository(database, log)
  const systems = createSystems({
    clock,
    ids,
    mask: redactor.text,
    maskValue: redactor.value,
    keepAnswer: keepingAnswers({ answers, redactor, clock, log }),
    folders: nodeSourceFolders,
  })
  const savedSecrets = createSecretStore({
    keychain: keychain.secrets,
    session: new SessionSecrets(),
    profileId,
    redactor,
  })
  const store = command ? command.thisRun.store(savedSecrets) : savedSecrets
  const refused = createRefusedSecrets(clock)
  const turns = createTurns(createTurnsRepository(database), clock, lifecycle.stopping)
  const signIns = { turns, systems, http, refused, connections, store, leases, clock, events, log }
  const busy = async (id: ConnectionId) => (await jobs.open()).some(job => job.connectionId === id)
  const sessions = createSessions({ ...signIns, busy })

  // Receipts
  const newKey = () => randomBytes(32).toString('base64')
  const sealKeys = createSealKeys({ secrets: keychain.secrets, leases, log, profileId, newKey })
  const receipts = sealedReceipts(createReceiptsRepository(database, log), sealKeys)

  // Checks against the past
  const checksStore = createChecksRepository(database, clock, log)
  const checks = createChecks({ checks: checksStore, connections, system: systems.of, events, log })

  // Jobs and deliveries
  const files = nodeFiles
  const work = openFileWorkers(built('worker.js'))
  const deliveryViews = createDeliveryViews(deliveries)
  const jobViews = createJobViews({
    jobs,
    definitions,
    connections,
    system: systems.of,
    deliveriesOf: deliveryViews.deliveriesOf,
  })
  const lastReceipt = async (id: DefinitionId) => receiptSummary(await history.lastDelivered(id))
  const onEnded = () => runner.kick()
  const paused = async () => (await settings.get()).paused
  const jobsWorld: JobsWorld = {
    jobs,
    asks,
    definitions,
    connections,
    sessions,
    leases,
    clock,
    ids,
    events,
    log,
    onEnded,
    system: systems.of,
    stopping: lifecycle.stopping,
  }
  const lists = createLists(jobsWorld)
  const scope = createScope(() => events.publish({ kind: 'definitions-changed' }))
  const deliveriesWorld: DeliveriesWorld = {
    deliveries: command ? deliveriesIn(scope, deliveries) : deliveries,
    receipts,
    checks,
    jobs: command ? jobsIn(scope, jobs) : jobs,
    definitions,
    connections,
    sessions,
    leases,
    files,
    work,
    clock,
    ids,
    events,
    log,
    profileId,
    views: deliveryViews,
    mask: redactor.text,
    // What a command was asked for does not go on by itself.
    paused: command ? async () => false : paused,
    metered: command ? neverWaits : await createMeteredRule({ metered, settings, events, onFault }),
    appVersion: app.getVersion(),
    keep: async () => {
      const { keepReplacedDays, keepRefusedDays } = await settings.get()
      return { replaced: hours(24 * keepReplacedDays), refused: hours(24 * keepRefusedDays) }
    },
    archiveFactor: async () => (await settings.get()).archiveFactor,
    want: (id, wanted) => wantFiles(jobsWorld, id, wanted),
    viewJob: id => desk.jobs.view(id),
  }
  const runner = createDeliveries(deliveriesWorld)
  const deliveriesService = createDeliveriesService(deliveriesWorld, runner)
  const { checkDestination } = deliveriesService
  const watchedWorld = command
    ? { ...jobsWorld, jobs: jobsIn(scope, jobs), definitions: unwatched(definitions) }
    : jobsWorld
  const watcher = createWatcher(watchedWorld, lists, {
    power,
    events,
    paused: deliveriesWorld.paused,
  })
  power.onWake(runner.wakeUp)

  // Schedules
  const schedulesWorld: SchedulesWorld = {
    schedules,
    jobs,
    definitions,
    connections,
    leases,
    clock,
    ids,
    events,
    log,
    paused,
    online: () => power.online(),
    run: (id, options) => desk.jobs.run(id, options),
    reach: lists.askIfDue,
    stopping: lifecycle.stopping,
  }
  const scheduler = createScheduler(schedulesWorld, power)
  const scheduleViews = createScheduleViews({ schedules, definitions, jobs, jobViews, clock })

  const schedulesService = createSchedulesService(schedulesWorld, { views: scheduleViews, scheduler })
  const definitionsService = createDefinitionsService({
    connections,
    system: systems.of,
    definitions,
    jobs,
    asks,
    sessions,
    ids,
    events,
    lists,
    lastReceipt,
    onEnded,
    checkDestination,
    views: jobViews,
  })

  const helped = composeSupport({
    connections,
    sessions,
    systems,
    network,
    http,
    policy,
    settings,
    power,
    clock,
    log,
    ids,
    events,
    database,
    answers,
    redactor,
    logFolder: join(profile, 'logs'),
    tidyUp: runner.tidyUp,
  })
  let stopRetention = () => {}

  const desk: Desk = {
    connections: managedConnections(createConnectionsService({ ...signIns, sessions, ids }), policy),
    definitions: definitionsService,
    jobs: createJobsService(jobsWorld, lists, {
      settings,
      lastReceipt,
      views: jobViews,
      receiptOf: history.receiptOf,
      checkDestination,
    }),
    deliveries: deliveriesService,
    dryRuns: createDryRuns({ ...deliveriesWorld, files: trialFiles, platform: process.platform }),
    receipts: createReceiptsService({
      receipts,
      ids,
      clock,
      account: userInfo().username,
      files,
      work,
      folders: nodeFolders,
      printer: pdfPrinter,
      packer: zipPacker,
    }),
    checks,
    history: createHistoryService(history),
    settings,
    proxyCredentials,
    activity: createActivityService({
      history,
      connections,
      definitions,
      jobViews,
      clock,
      startOfYesterday,
      activity: createActivityRepository(database, deliveries, log),
      secretsPlace: store.place,
      scheduleNeeds: () => desk.schedules.needs(),
      findingNeeds: () => findingNeeds({ checks: checksStore, definitions, clock }),
      jobListLimit: system => systems.of(system).capabilities.jobListLimit,
      filesLiveFor: system => systems.of(system).capabilities.filesLiveFor,
    }),
    schedules: schedulesService,
    doctor: helped.doctor,
    support: helped.support,
    settingsFiles: createSettingsFiles({
      policy,
      keepBefore: keepBeforeIn(profile),
      connections,
      definitions,
      clock,
      ids,
      events,
      system: systems.of,
      keptDefinitions: definitionsService,
      schedules: schedulesService,
    }),
  }

  return {
    desk,
    events,
    power,
    metered,
    policy,
    keychain: keychain.secrets,
    http,
    lifecycle,
    workElsewhere: leases.elsewhere,
    scope,
    async beginInScope() {
      await runner.recover().catch(onFault)
      if (!lifecycle.stopping.aborted) watcher.start()
    },
    begin: () =>
      beginWork({
        finishPublishing: runner.recover,
        recoverStarts: () => recoverStarts(jobsWorld, lists),
        watch: () => {
          watcher.start()
          scheduler.start()
          stopRetention = helped.startRetention()
        },
        stopping: lifecycle.stopping,
        onFault,
      }),
    stop(first) {
      stopRetention()
      return lifecycle.stop({
        drain: [scheduler.stopAndDrain, watcher.stopAndDrain, runner.stopAndDrain],
        within: seconds(4),
        close: [sessions.close, ...first, work.close, metered.close, keychain.close, database.close],
      })
    },
  }
}
