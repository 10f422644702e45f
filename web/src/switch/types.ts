// The parts of torntape.v1 in proto3 JSON that the desk reads. 64-bit numbers are strings, and what is zero or empty
// is absent.

export interface Span { offset?: string; length?: string; line?: number; column?: number }
export interface Token { span: Span; formatLine?: number; name: string; meaning?: string; citation?: string }
export interface Edit { span: Span; replacement?: string }
export interface Fix { safety?: string; title: string; edits: Edit[] }
export interface Diagnostic {
  rule: string; name: string; severity: string; span: Span; message: string; citation?: string; help?: string; fix?: Fix
  related?: { span: Span; message: string }[]
}
export interface Addressee {
  routingIndicator?: string; plainLanguageAddress?: string; precedence?: string; nightAction?: boolean
  messageContinuityNumber?: string; otherMeans?: boolean
}
export interface Heading {
  profile?: string; profileReason?: string; copyKind?: string
  transmissionIdentification?: { channel?: string; sequenceNumber?: string }
  routingLine?: { precedence?: string; routingIndicators?: string[] }
  origin?: { routingIndicator?: string; stationSerialNumber?: string; section?: number; dayOfYear?: number; timeOfFile?: string }
  transmissionInstructions?: { securityWarning?: string; designator?: string; operatingSignals?: string[] }
  preamble?: { precedence?: string; infoPrecedence?: string; dateTimeGroup?: string; time?: string }
  originator?: string; actionAddressees?: Addressee[]; infoAddressees?: Addressee[]; exemptedAddressees?: string[]
  text?: {
    classification?: string; section?: number; sections?: number; station?: string; messageReferenceNumber?: string
    captions?: string[]; subject?: string
  }
}
export interface Inspection { heading?: Heading; tokens?: Token[]; diagnostics?: Diagnostic[] }

export interface Depth { precedence?: string; kind?: string; waiting?: string; handedOut?: string }
export interface Queue { name: string; plainLanguageAddress?: string; depths?: Depth[]; oldest?: string }
export interface Circuit {
  name: string; farEnd: string; up?: boolean; depths?: Depth[]; oldest?: string; lastSent?: string; lastHeard?: string
  unconfirmed?: string; closed?: boolean; out?: boolean
}
export interface Message { id: string; text?: string; heading?: Heading; acceptedAt?: string }
export interface Copy {
  id: string; queue: string; kind: string; precedence?: string; message: Message; attempt?: number; suspectedDuplicate?: boolean
}
export interface CopyStatus {
  id: string; queue: string; kind?: string; precedence?: string; attempts?: number; state?: string; called?: string[]
  reason?: string; identification?: string; heading?: string
}
export interface MessageAnswer { message: Message; copies?: CopyStatus[]; reception?: { circuit: string; identification: string } }
export interface Submitted {
  id: string; actionCopies?: number; infoCopies?: number; transmissions?: number; alreadyFiled?: boolean; notes?: string[]
}
export interface RuleSummary {
  id: string; name: string; what: string; citation?: string; mend?: string; severities?: { profile: string; severity: string }[]
}
export interface RulePage { summary: RuleSummary; copies?: string; why?: string; good?: string; bad?: string }
export interface Place { latitude?: number; longitude?: number }
export interface NetworkRelay { routingIndicator: string; name: string; transfer?: boolean; place?: Place }
export interface NetworkStation { routingIndicator: string; plainLanguageAddress: string; relay: string; place?: Place }
export interface NetworkCircuit { name: string; first: string; second: string; outChannel?: string; inChannel?: string; bitsPerSecond?: number; up?: boolean; closed?: boolean; alternates?: { circuits?: string[] }[] }
export interface Network {
  name?: string; relay?: string; relays?: NetworkRelay[]; circuits?: NetworkCircuit[]
  stations?: NetworkStation[]
  collectives?: { routingIndicator?: string; title: string; owner?: string; members?: string[] }[]
}

export interface Caller { guarded?: boolean; name?: string; may?: string[]; queues?: string[] }
export interface TrafficRequest {
  rate?: number; messages?: number; mix?: string; violate?: string[]; share?: number; seed?: string; collect?: boolean
}
export interface TrafficState {
  running?: boolean; begun?: string; ended?: string; whyEnded?: string; request?: TrafficRequest
  made?: number; broken?: number; accepted?: number; alreadyFiled?: number; refused?: number
  copies?: { precedence?: string; made?: number; delivered?: number }[]
  refusals?: { rule?: string; name?: string; reason?: string; messages?: number }[]
  faults?: { fault: string; rule?: string; made?: number; refused?: number; named?: number; accepted?: number }[]
  impossible?: string[]
}
export interface TrafficChoices { mixes?: { name: string; what: string }[]; damages?: { name: string; rule: string; shape: string }[] }

export interface Transmission {
  circuit: string; number: string; heading: string; channel: string; from: string; to: string; atSeconds?: number
  service?: boolean; message?: string; untilSeconds?: number; cancelled?: boolean; lost?: boolean; waitsSinceSeconds?: number
}
export interface Load { circuit: string; channel: string; from: string; to: string; messages?: number; serviceMessages?: number; busySeconds?: number }
export interface Report {
  scenario?: string; seed?: string; begin?: string; endedAfterSeconds?: number; circuits?: Load[]; transmissions?: Transmission[]
  relays?: NetworkRelay[]; stations?: NetworkStation[]
}

export interface Lesson { name: string; title: string; text: string }
