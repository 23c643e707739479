// The one way to the server. Stores call this and nothing else does.
import type { Problem } from './types';

export class ApiError extends Error {
  constructor(public readonly status: number, public readonly problem: Problem) {
    super(problem.detail_en);
  }
}

let csrf = '';
export function setCsrf(token: string) {
  csrf = token;
}

async function problemOf(response: Response): Promise<Problem> {
  const text = await response.text();
  try {
    return JSON.parse(text) as Problem;
  } catch {
    return { code: 'http', detail: `服务答复 ${response.status}`, detail_en: `the server answered ${response.status}`, status: response.status };
  }
}

async function send(method: string, path: string, body?: BodyInit): Promise<Response> {
  const headers: Record<string, string> = {};
  if (method !== 'GET' && csrf) headers['x-csrf-token'] = csrf;
  let response: Response;
  try {
    response = await fetch(path, { method, headers, body, credentials: 'same-origin' });
  } catch {
    throw new ApiError(0, { code: 'http.unreachable', status: 0, detail: '连不上服务，请稍后再试', detail_en: 'the server cannot be reached; try again in a moment' });
  }
  if (!response.ok) throw new ApiError(response.status, await problemOf(response));
  return response;
}

export async function get<T>(path: string): Promise<T> {
  return (await send('GET', path)).json() as Promise<T>;
}
export async function post<T>(path: string, body: unknown): Promise<T> {
  return (await send('POST', path, JSON.stringify(body))).json() as Promise<T>;
}
export async function put<T>(path: string, body: unknown): Promise<T> {
  return (await send('PUT', path, JSON.stringify(body))).json() as Promise<T>;
}
export async function postRaw<T>(path: string, body: BodyInit): Promise<T> {
  return (await send('POST', path, body)).json() as Promise<T>;
}
// A file in answer to a refused import: fetched whatever its status.
export async function postForFile(path: string, body: BodyInit): Promise<Blob> {
  const response = await fetch(path, { method: 'POST', headers: { 'x-csrf-token': csrf }, body, credentials: 'same-origin' });
  return response.blob();
}
export async function remove(path: string): Promise<void> {
  await send('DELETE', path);
}
export function queryOf(parameters: Record<string, string | string[] | undefined>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value === undefined || value === '') continue;
    for (const one of Array.isArray(value) ? value : [value]) query.append(name, one);
  }
  const text = query.toString();
  return text ? `?${text}` : '';
}
export { pathOf } from '../lib/keys';
