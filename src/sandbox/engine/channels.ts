/** A channel of the sandbox store, as i'mport lists it. */
export interface Channel {
  pg_provider: string
  pg_id: string
  channel_key: string
  channel_name: string
}

export const userCode = 'imp00000000'
export const storeId = 'store-00000000-0000-4000-8000-000000000000'

const channel = (pg_provider: string, pg_id: string, channel_name: string): Channel => ({
  pg_provider,
  pg_id,
  channel_key: `channel-key-${pg_provider}`,
  channel_name,
})

/** The first channel is the default for an unknown `pg`. */
export const channels: readonly [Channel, ...Channel[]] = [
  channel('html5_inicis', 'INIpayTest', 'KG이니시스'),
  channel('kakaopay', 'TC0ONETIME', '카카오페이'),
  channel('naverpay', 'naverpay_test', '네이버페이'),
  channel('payco', 'PARTNERTEST', '페이코'),
  channel('tosspay', 'tosspay_test', '토스페이'),
  channel('kcp', 'T0000', 'NHN KCP'),
  channel('nice_v2', 'nicetest', '나이스페이먼츠'),
  channel('tosspayments', 'tosstest', '토스페이먼츠'),
  channel('smartro_v2', 'smartrotest', '스마트로'),
  channel('danal', 'A010002002', '다날 휴대폰'),
  channel('danal_tpay', '9810030929', '다날'),
  channel('mobilians', '170622040674', 'KG모빌리언스'),
  channel('eximbay', '1849705C64', '엑심베이'),
  channel('paypal', 'paypal_test', '페이팔'),
  channel('paypal_v2', 'paypal_v2_test', '페이팔'),
  channel('ksnet', 'ksnettest', 'KSNET'),
  channel('welcome', 'welcometest', '웰컴페이먼츠'),
  channel('kicc', 'T5102001', '이지페이'),
  channel('uplus', 'tlgdacomxpay', '토스페이먼츠 (구)'),
  channel('smilepay', 'cnstest25m', '스마일페이'),
  channel('chai', 'chai_test', '차이'),
  channel('settle_acc', 'M20BA3NY00', '내통장결제'),
  channel('kcp_quick', 'A52Q7', 'NHN KCP 퀵페이'),
  channel('payple', 'payple_test', '페이플'),
]
