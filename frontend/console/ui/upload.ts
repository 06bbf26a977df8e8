/** Sending a file with its progress: `fetch` can't tell how far it is. The answer and its refusals are those of the client. */
import { headers, refusalOf, Unreachable } from "@shared/api/client";

/** Send one file, with fields beside it; `then` hears a share from 0 to 1. Raises `Refusal` and `Unreachable` as the client does. */
export function upload<T>(path: string, file: File, then: (share: number) => void, fields: Record<string, string> = {}): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", path);
    for (const [name, value] of Object.entries(headers("POST"))) request.setRequestHeader(name, value);
    request.upload.addEventListener("progress", (event) => event.lengthComputable && then(event.loaded / event.total));
    request.addEventListener("error", () => reject(new Unreachable("network")));
    request.addEventListener("load", () => {
      const answer = new Response(request.responseText, { status: request.status });
      if (answer.ok) resolve(JSON.parse(request.responseText) as T);
      else void refusalOf(answer).then(reject);
    });
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    body.append("file", file);
    request.send(body);
  });
}
