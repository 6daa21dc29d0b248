import type { ReactElement, ReactNode } from 'react'
import { Tabs as AriaTabs, Tab, TabList, TabPanel } from 'react-aria-components/Tabs'

export type TabSpec<K extends string> = {
  readonly id: K
  readonly name: string
  readonly content: () => ReactNode
}

type TabsProps<K extends string> = {
  readonly label: string
  readonly tabs: readonly TabSpec<K>[]
  readonly chosen: K
  readonly onChoose: (tab: K) => void
}

export function Tabs<K extends string>({ label, tabs, chosen, onChoose }: TabsProps<K>): ReactElement {
  return (
    <AriaTabs
      className="tabs"
      selectedKey={chosen}
      onSelectionChange={key => {
        const tab = tabs.find(one => one.id === key)
        if (tab) onChoose(tab.id)
      }}
    >
      <TabList className="tab-list" aria-label={label}>
        {tabs.map(tab => (
          <Tab key={tab.id} id={tab.id} className="tab">
            {tab.name}
          </Tab>
        ))}
      </TabList>
      {tabs.map(tab => (
        <TabPanel key={tab.id} id={tab.id} className="tab-panel">
          {tab.content()}
        </TabPanel>
      ))}
    </AriaTabs>
  )
}
