// What the API answers, as far as the console reads it. Decimals are strings and stay strings.
export interface Title { zh: string; en: string }
export interface Fault { code?: string; zh: string; en: string; file?: string; line?: number; column?: number; field?: string }
export interface Problem { code: string; status: number; detail: string; detail_en: string; field?: string; faults?: Fault[]; fault_count?: number }

export type Reach = 'all' | 'own';
export interface MyZone { zone: string; name: Title; roles: string[]; own: string[]; registers: Record<string, Partial<Record<'read' | 'create' | 'amend' | 'import' | 'move', Reach>>> }
export interface Me { account: string; standing: 'full' | 'must_change_password' | 'must_enrol'; csrf?: string; zones: MyZone[] }
export interface Signed { account: string; csrf: string; standing: Me['standing'] }

export interface Code { value: string; title: Title }
export interface Field {
  field: string; type: string; title: Title; help?: Title; required: boolean; personal: boolean; effective: boolean;
  unit?: Title; decimals?: number; target?: string; codes?: Code[];
}
export interface Move { move: string; title: Title; from: string[]; to: string; by: string[]; requires: string[] }
export interface Register {
  register: string; title: Title; help?: Title; pack: string; statistics: boolean; person: boolean; key: string[]; names: string[];
  fields: Field[]; states: Code[]; moves: Move[]; may: Partial<Record<'read' | 'create' | 'amend' | 'import' | 'move', Reach>>;
}
export type Value = string | number | boolean | string[] | null;
export type Fields = Record<string, Value>;
export interface Row { key: string; fields: Fields }
export interface RowPage { count?: number; offset: number; rows: Row[]; next: string | null; position: number; synthetic: boolean }
export interface Note { seq: number; at?: string; actor?: string; act?: string; reason?: string; rows?: number; leaf?: string; simulated_time?: boolean }
export interface ClockReading { clock: string; title: Title; status: string; late: boolean; due_on: string | null; standing: Title; provisional: boolean }
export interface RecordAnswer {
  zone: string; register: string; title: Title; key: string; fields: Fields; histories: Record<string, { from: string; value: Value }[]>;
  clocks: ClockReading[]; created: Note; changed: Note; position: number; synthetic: boolean;
}

export interface Dimension { dimension: string; title?: Title; type?: string; values?: Code[] }
export type Kind = 'cumulative' | 'month' | 'quarter' | 'year' | 'as_of';
export interface Indicator {
  indicator: string; title: Title; pack: string; unit: string; comparable: boolean; stock: boolean; dimensions: Dimension[];
  newest: Partial<Record<Kind, string>>;
}
export interface Indicators { zone: string; day: string; position: number; synthetic: boolean; indicators: Indicator[] }
export interface FigureAnswer {
  figure: string; zone: string; indicator: string; period: string; period_title: Title; comparison: string; status: string;
  value: string | null; exact?: string; unit: string; unit_title: Title; words?: Title; missing?: Title; synthetic: boolean; position: number;
  problem?: Problem;
}
export interface Part { label: Title; value: string; unit: string; figure?: string }
export interface Amount {
  register: string; key: string; title: Title; part: string; period: string; amount: string;
  created_at: string | null; changed_at: string | null; created_by: string | null; changed_by: string | null; created: number; changed: number;
}
export interface SplitPart { part: string; title: Title; amount: string; unit_count: number; units: { key: string; title: Title; amount: string }[] }
export interface Split { published: string | null; naive: string; comparable: string; unit_register: string; note?: Title; parts: SplitPart[] }
export interface Breakdown { dimension?: string; parts: Part[]; part_count: number; sum: string; difference: string }
export interface Explanation {
  figure: FigureAnswer; definition: { indicator: string; digest: string; text: string }; formula: Title; parts: Part[]; naive?: FigureAnswer;
  records: Amount[]; record_count: number; record_unit: string; value_total: string; base_total: string;
  left_out: { reason: Title; records: number; amount: string }[]; split?: Split; breakdowns?: Breakdown[];
}

export interface TodayItem {
  register: string; register_title: Title; key: string; label: string; section: string; sentence: Title; state?: Title;
  moves: { move: string; title: Title }[]; reading: ClockReading;
}
// Who of a roster has not filed for a month; `record` is what is begun, or was sent back.
export interface Unfiled {
  register: string; register_title: Title; clock: string; month: string; section: string; due_on: string; late: boolean; standing: Title;
  expected: number; missing: number; items: { register: string; key: string; label: string; record: { key: string; state?: Title } | null }[];
}
export interface TodayAnswer {
  zone: string; day: string; working_day: boolean; counts: Record<string, number>; unread_notices: number; items: TodayItem[]; position: number; synthetic: boolean;
  unfiled?: Unfiled[];
}

export type Verdict = 'verified' | 'contradicted' | 'stale' | 'not_recorded' | 'not_understood' | 'ambiguous';
export interface Claim {
  story: string; start: number; end: number; quote: string; subject: string | null; indicator: string | null; zone: string | null;
  measure: string; value: string; unit: string; period: string | null; verdict: Verdict; recorded: string | null;
  readings: { figure: string; recorded: string | null; verdict: string }[]; reason: string; reason_en: string; figure: string | null;
}
export interface Finding { kind: string; weight: string; claims: number[]; text: string; text_en: string }
export interface Checked { claims: Claim[]; findings: Finding[]; synthetic: boolean }

export interface ZoneSummary { zone: string; name: Title; position: number; catalog: string; synthetic: boolean; at?: string }
export interface GrantRow { code: string; role: string; zone: string; from: string; until?: string; own?: string }
export interface AccountRow { account: string; shown_as: string; state: string; second_factor: boolean; grants: GrantRow[]; tokens: string[] }
export interface Entries { position: number; entries: Note[]; next: number | null }
export interface Receipt { zone: string; seq: number; at: string; rows_created: number; rows_changed: number; warnings?: Fault[]; dry_run?: boolean }
