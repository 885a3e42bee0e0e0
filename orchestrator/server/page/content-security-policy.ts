/** Nothing from elsewhere but pictures of items, where the catalogue has some; nothing inline, in no frame. */
export function contentSecurityPolicy(hasPictures: boolean): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `img-src 'self' data:${hasPictures ? ' https:' : ''}`,
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
