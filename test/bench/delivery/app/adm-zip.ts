/** `adm-zip.js ARCHIVE FOLDER`: what the same takes with the archive in memory. */
import AdmZip from 'adm-zip'

const [archive = '', folder = ''] = process.argv.slice(2)
new AdmZip(archive).extractAllTo(folder)
