/** A key under which a write happens once, however often it is sent. (`randomUUID` needs HTTPS; a city's own network may not have it.) */
export function idempotent(): { "Idempotency-Key": string } {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return { "Idempotency-Key": [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("") };
}
