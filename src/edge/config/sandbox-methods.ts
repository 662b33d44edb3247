// Payment methods of the sandbox merchant for the PortOne API: those in PortOne's documentation. All of them use the
// sandbox's first channel, which accepts every currency.

const gateway = 'html5_inicis.INIpayTest'

const methods: Record<string, [method: string, pay_method: string][]> = {
  GBPRIMEPAY: [
    ['GBPRIMEPAY_CREDIT_CARD', 'card'],
    ['GBPRIMEPAY_WECHAT_WALLET', 'wechat'],
    ['GBPRIMEPAY_RABBIT_LINEPAY_WALLET', 'card'],
    ['GBPRIMEPAY_TRUEMONEY_WALLET', 'card'],
    ['GBPRIMEPAY_SHOPEEPAY_WALLET', 'card'],
  ],
  CHILLPAY: [['CHILLPAY_QRCODE', 'trans']],
  PAYSOLUTIONS: [['PS_PROMPTPAY', 'trans']],
  STRIPE: [['STRIPE_CARD', 'card']],
  TRIPLEA: [['TRIPLEA_CRYPTOCURRENCY', 'card']],
  RAZORPAY: [['RAZORPAY_ALL', 'card']],
  MASTERCARD: [['MASTERCARD_CARD', 'card']],
  HEROPLUS: [['HEROPLUS_BNPL', 'card']],
  PAYLETTER: [['PAYLETTER_CREDIT_CARD', 'card']],
  OMISE: [['OMISE_CREDIT_CARD', 'card']],
  // Not a PortOne method: a virtual account, to try out awaited deposits.
  SANDBOX: [['SANDBOX_VIRTUAL_ACCOUNT', 'vbank']],
}

export const sandboxMethods = Object.entries(methods).flatMap(([payment_channel, channelMethods]) =>
  channelMethods.map(([payment_method, pay_method]) => ({
    payment_channel,
    payment_method,
    pg: gateway,
    pay_method,
  })),
)
