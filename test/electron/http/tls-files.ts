/** The certificates of test/fixtures/tls, bundled as text. */
import ca from '../../fixtures/tls/ca.pem?raw'
import expired from '../../fixtures/tls/expired.pem?raw'
import expiredKey from '../../fixtures/tls/expired-key.pem?raw'
import otherName from '../../fixtures/tls/other-name.pem?raw'
import otherNameKey from '../../fixtures/tls/other-name-key.pem?raw'
import selfSigned from '../../fixtures/tls/self-signed.pem?raw'
import selfSignedKey from '../../fixtures/tls/self-signed-key.pem?raw'
import server from '../../fixtures/tls/server.pem?raw'
import serverKey from '../../fixtures/tls/server-key.pem?raw'

export const companyAuthority = ca
export const serverTls = { key: serverKey, cert: server }
export const expiredTls = { key: expiredKey, cert: expired }
export const otherNameTls = { key: otherNameKey, cert: otherName }
export const selfSignedTls = { key: selfSignedKey, cert: selfSigned }
