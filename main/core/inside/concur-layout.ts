import type { InsideColumn } from '../../../preload/contract/inside.ts'

/**
 * The 400 columns of Concur's Standard Accounting Extract, in order: name, `~`, what it holds (T text, N number, M money,
 * D date), and how often in a row. From SAP's own table (preview.developer.concur.com, api-guides/ERP-integration,
 * standard-accounting-extract-expense.xlsx, 2026-08). Column 20 is the report's key or number, by the extract's version.
 */
const layout = `
Constant~T | Batch ID~N | Batch Date~D | Sequence Number~N | Employee ID~T | Employee Last Name~T |
Employee First Name~T | Middle Initial~T | Employee Group ID (Custom 21)~T | Employee Org Unit 1~T |
Employee Org Unit 2~T | Employee Org Unit 3~T | Employee Org Unit 4~T | Employee Org Unit 5~T |
Employee Org Unit 6~T | ACH Bank Account Number~T | ACH Bank Routing Number~T |
Journal Net of Total Adjusted Reclaim Tax~M | Report ID~T |
Report Key or Report Number (depending on SAE version)~N | Ledger~T |
Employee Default Currency Alpha Code~T | Report Home Country Name~T | Report Submit Date~D |
Report User Defined Date~D | Report Payment Processing Date~D | Report Name~T | Report Image Required~T |
Report has VAT entry~T | Report has TA entry~T | Report Total Posted Amount~M |
Report Total Approved Amount~M | Report Policy Name~T | Report Entry Budget Accrual Date~D |
Report Org Unit 1~T | Report Org Unit 2~T | Report Org Unit 3~T | Report Org Unit 4~T |
Report Org Unit 5~T | Report Org Unit 6~T | Report Custom 1~T | Report Custom 2~T | Report Custom 3~T |
Report Custom 4~T | Report Custom 5~T | Report Custom 6~T | Report Custom 7~T | Report Custom 8~T |
Report Custom 9~T | Report Custom 10~T | Report Custom 11~T | Report Custom 12~T | Report Custom 13~T |
Report Custom 14~T | Report Custom 15~T | Report Custom 16~T | Report Custom 17~T | Report Custom 18~T |
Report Custom 19~T | Report Custom 20~T | Report Entry Id~N | Report Entry Transaction Type~T |
Report Entry Expense Type Name~T | Report Entry Transaction Date~D | Report Entry Currency Alpha Code~T |
Report Entry Exchange Rate~N | Report Entry Exchange Rate Direction~T | Report Entry Is Personal Flag~T |
Report Entry Description~T | Report Entry Vendor Name~T | Report Entry Vendor Description~T |
Report Entry Receipt Received Flag~T | Report Entry Receipt Type~T | Total Employee Attendee~N |
Total Spouse Attendee~N | Total Business Attendee~N | Report Entry Org Unit 1~T |
Report Entry Org Unit 2~T | Report Entry Org Unit 3~T | Report Entry Org Unit 4~T |
Report Entry Org Unit 5~T | Report Entry Org Unit 6~T | Report Entry Custom 1~T |
Report Entry Custom 2~T | Report Entry Custom 3~T | Report Entry Custom 4~T | Report Entry Custom 5~T |
Report Entry Custom 6~T | Report Entry Custom 7~T | Report Entry Custom 8~T | Report Entry Custom 9~T |
Report Entry Custom 10~T | Report Entry Custom 11~T | Report Entry Custom 12~T |
Report Entry Custom 13~T | Report Entry Custom 14~T | Report Entry Custom 15~T |
Report Entry Custom 16~T | Report Entry Custom 17~T | Report Entry Custom 18~T |
Report Entry Custom 19~T | Report Entry Custom 20~T | Report Entry Custom 21~T |
Report Entry Custom 22~T | Report Entry Custom 23~T | Report Entry Custom 24~T |
Report Entry Custom 25~T | Report Entry Custom 26~T | Report Entry Custom 27~T |
Report Entry Custom 28~T | Report Entry Custom 29~T | Report Entry Custom 30~T |
Report Entry Custom 31~T | Report Entry Custom 32~T | Report Entry Custom 33~T |
Report Entry Custom 34~T | Report Entry Custom 35~T | Report Entry Custom 36~T |
Report Entry Custom 37~T | Report Entry Custom 38~T | Report Entry Custom 39~T |
Report Entry Custom 40~T | Report Entry Transaction Amount~M | Report Entry Posted Amount~M |
Report Entry Approved Amount~M | Payment Type Code~T | Payment Code~T |
Report Payment Reimbursement Type~T | Bill Date~T | Billed Credit Card Account Number~N |
Billed Credit Card Description~T | Credit Card Transaction JR Key~N |
Credit Card Transaction Reference Number~N | Credit Card Transaction CCT Key~N |
Credit Card Transaction CCT Type~T | Credit Card Transaction ID~T | Credit Card Transaction Amount~M |
Credit Card Transaction Tax Amount~M | Credit Card Transaction Currency Alpha Code~T |
Credit Card Transaction Posted Amount~M | Credit Card Transaction Posted Currency Alpha Code~T |
Credit Card Transaction Date~D | Credit Card Transaction Posted Date~D |
Credit Card Transaction Description~T | Credit Card Transaction Master Card Code~T |
Credit Card Transaction Merchant Name~T | Credit Card Transaction Merchant City~T |
Credit Card Transaction Merchant State~T | Credit Card Transaction Merchant Country Code~T |
Credit Card Transaction Merchant Reference Number~T | Credit Card Transaction Billing Type~T |
Exchange Rate From Billing To Employee Currency~N | Billing Amount~M |
Individual Credit Card Account Number~N | Individual Credit Card Name On Card~T |
Merchant Doing Business As~T | Acquirer Reference Number~N | Report Entry Location Country Code~T |
Report Entry Location Country Sub Code~T | Report Entry Foreign or Domestic Flag~T | Market Code~T |
Processor Reference Number~N | Journal Payer Payment Type Name~T | Journal Payer Payment Code Name~T |
Journal Payee Payment Type Name~T | Journal Payee Payment Code Name~T | Journal Account Code~T |
Journal Debit or Credit~T | Journal Amount~M | Journal Key~N | Car Business Distance~N |
Car Personal Distance~N | Car Passenger Count~N | Vehicle ID~T | Credit Card Transaction Sales~M |
Credit Card Vendor Name~T | Cash Advance Request Amount~M | Cash Advance Request Currency Alpha Code~T |
Cash Advance Request Currency Numeric Code~N | Cash Advance Exchange Rate~N |
Cash Advance Currency Alpha Code~T | Cash Advance Currency Numeric Code~N | Cash Advance Issued Date~D |
Cash Advance Payment Code Name~T | Cash Advance Transaction Type~N | Cash Advance Request Date~D |
Cash Advance Key~N | Cash Advance Payment Method~N | Allocation Key~N | Allocation Percentage~N |
Allocation Custom 1~T | Allocation Custom 2~T | Allocation Custom 3~T | Allocation Custom 4~T |
Allocation Custom 5~T | Allocation Custom 6~T | Allocation Custom 7~T | Allocation Custom 8~T |
Allocation Custom 9~T | Allocation Custom 10~T | Allocation Custom 11~T | Allocation Custom 12~T |
Allocation Custom 13~T | Allocation Custom 14~T | Allocation Custom 15~T | Allocation Custom 16~T |
Allocation Custom 17~T | Allocation Custom 18~T | Allocation Custom 19~T | Allocation Custom 20~T |
Journal Net of Total Adjusted Tax~M | TA Reimb. Meal Lodging or Combined Type~T | TA Display Limit~M |
TA Allowance Limit~M | Allowable Threshold~M | TA Fixed Meal Lodging Type~T | Base Amount~M |
Allowance Amount~M | TA Fixed Overnight~T | TA Fixed Breakfast Provided Flag~T |
TA Fixed Lunch Provided Flag~T | TA Fixed Dinner Provided Flag~T | Total Tax Adjusted Posted Amount~M |
Total Reclaim Adjusted Amount~M | Tax Authority Name~T | Tax Authority Label~T |
Report Entry Tax Transaction Amount~M | Report Entry Tax Posted Amount~M | Tax Source~T |
Report Entry Tax Reclaim Transaction Amount~M | Report Entry Tax Reclaim Posted Amount~M |
Report Entry Tax-Tax Code~T | Report Entry Tax Reclaim Domestic Flag~T |
Report Entry Tax Adjusted Amount~M | Report Entry Tax Reclaim Adjusted Amount~M |
Report Entry Tax Reclaim Code~T | Report Entry Tax Reclaim Trans Adjusted Amount~M |
Report Entry Tax Allocation Reclaim Code~T | Travel Request ID~T | Travel Request Name~T |
Travel Request Total Posted Amount~M | Travel Request Total Approved Amount~M |
Travel Request Start Date~D | Travel Request End Date~D | Travel Request Authorized Date~D |
Report Entry Total Tax Posted Amount~M | Net Tax Amount~M | Report Entry Total Reclaim Adjusted Amount~M |
Net Adjusted Reclaim Amount~M | Report Entry Payment Type Name~T | Card Program Type Code~T |
Statement Period Start Date~D | Statement Period End Date~D | Cash Account Code~T |
Liability Account Code~T | Estimated Payment Date~D | Funding Trace~T | Requested Disbursement Date~N |
Cash Advance Name~T | System Allocation~T | Future Use~T3 | Employee Login ID~T |
Employee Email Address~T | Employee Custom 1~T | Employee Custom 2~T | Employee Custom 3~T |
Employee Custom 4~T | Employee Custom 5~T | Employee Custom 6~T | Employee Custom 7~T |
Employee Custom 8~T | Employee Custom 9~T | Employee Custom 10~T | Employee Custom 11~T |
Employee Custom 12~T | Employee Custom 13~T | Employee Custom 14~T | Employee Custom 15~T |
Employee Custom 16~T | Employee Custom 17~T | Employee Custom 18~T | Employee Custom 19~T |
Employee Custom 20~T | Future Use~T5 | Employee Banking Account is Active?~T |
Employee Banking Bank Account Type~T | Employee Banking Name On Account~T | Employee Banking Bank Name~T |
Employee Banking Bank Branch Location~T | Employee Banking Bank Address Line 1~T |
Employee Banking Bank Address Line 2~T | Employee Banking Bank City~T | Employee Banking Bank Region~T |
Employee Banking Bank Postal Code~T | Employee Banking Bank Country Code~T | Employee Banking Tax ID~T |
Employee Banking Is Resident?~T | Employee Banking Account Status~T |
Employee Banking Account Currency~T | Future Use~T5 | Personal Expenses~M | Total Amount Claimed~M |
Amount Due Employee~M | Amount Due Company Card~M | Amount Not Approved~M | Amount Company Paid~M |
Amount Due Company~M | Payment Confirmed Amount~M | Amount Due Employee~M | Amount Due Company Card~M |
Report Type~T | Total Tax Adjusted Amount~M | Net Adjusted Tax Amount~M | Report Start Date~D |
Report End Date~D | Future Use~T | Cash Advance Returns Amount~M | Cash Advance Return Received~T |
Cash Advance Utilized Amount~M | Future Use~T4 | Report Entry Location City Name~T | Is Billable?~T |
Report Entry From Location~T | Report Entry To Location~T | Report Entry Location Name~T | Country~T |
State/Province~T | UUID~T | Supplier Tax ID~T | Future Use~T4 |
Allocation Total Tax Transaction Amount~M | Allocation Total Tax Posted Amount~M |
Allocation Total Tax Reclaim Transaction Amount~M | Allocation Total Tax Reclaim Posted Amount~M |
Allocation Total Tax Reclaim Transaction Adjusted Amount~M | Merchant Tax ID~T | Future Use~T4 |
Request Name~T | Total Posted Amount~M | Total Approved Amount~M | Start Date~D | End Date~D |
Authorized Date~D | Authorization Request ID~T | Future Use~T37
`

const kinds = { T: 'text', N: 'number', M: 'money', D: 'date' } as const

/**
 * Bank and card data: the ACH account (16, 17), the card's number and the name on it (130, 154, 155), and of the bank
 * section (291 to 305) all that tells whose account it is and where.
 */
const sensitiveColumns: ReadonlySet<number> = new Set([
  16, 17, 130, 154, 155, 293, 294, 295, 296, 297, 298, 299, 300, 302,
])

export type LayoutColumn = Pick<InsideColumn, 'name' | 'holds' | 'sensitive'>

export const concurColumns: readonly LayoutColumn[] = layout
  .trim()
  .split(/ ?\|\s/)
  .flatMap(item => {
    const [, name = '', kind = 'T', times = ''] = /^(.*)~([TNMD])(\d*)$/.exec(item) ?? []
    const holds = kinds[kind as keyof typeof kinds]
    return Array.from({ length: Number(times) || 1 }, () => ({ name, holds }))
  })
  .map((column, index) => ({ ...column, sensitive: sensitiveColumns.has(index + 1) }))
