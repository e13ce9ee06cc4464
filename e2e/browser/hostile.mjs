// What strangers may write wherever a text of theirs is shown, and evidence that has it everywhere.

export const TEXTS = {
  'a script': '<script>window.hurt=1</script>',
  'the end of a script': '</script><script>window.hurt=1</script>',
  'the end of everything': '</code></pre></li></ol></details></section></main></body></html><script>window.hurt=1</script>',
  'an event handler': '<img src=x onerror="window.hurt=1">',
  'the end of an attribute': '"><img src=x onerror=window.hurt=1>',
  'an attribute more': '" autofocus tabindex=0 onfocus="window.hurt=1" x="',
  'the end of an attribute in the other quotes': "' onmouseover='window.hurt=1",
  'SVG': '<svg/onload=window.hurt=1><script>window.hurt=1</script><a href="javascript:window.hurt=1"><text>x</text></a></svg>',
  'MathML that changes its place': '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=window.hurt=1&gt;">',
  'a frame': '<iframe srcdoc="<script>parent.hurt=1</script>"></iframe>',
  'a page elsewhere': '<meta http-equiv=refresh content="0;url=http://hurt.invalid/"><base href="http://hurt.invalid/">',
  'a form': '<form action=http://hurt.invalid/><input name=x><button>Check</button></form>',
  'a style': '<style>*{background:url(http://hurt.invalid/)}</style>" style="background:url(http://hurt.invalid/)',
  'an address that is a script': 'javascript:window.hurt=1//',
  'an address that is a document': 'data:text/html,<script>window.hurt=1</script>',
  'the end of a CDATA section': ']]><script>window.hurt=1</script><![CDATA[',
  'the end of a comment': '--><script>window.hurt=1</script><!--',
  'entities': '&lt;script&gt;window.hurt=1&lt;/script&gt;&#60;img src=x onerror=window.hurt=1&#62;&amp;amp;',
  'a template': '${window.hurt=1}{{constructor.constructor("window.hurt=1")()}}<%= hurt %>',
  'backticks': '`</code><script>window.hurt=1</script>`` ` `',
  'escapes of a terminal': '\u001b[31m\u001b[2J\u001b]0;hurt\u0007\u001b]8;;http://hurt.invalid/\u001b\\',
  'escapes of a terminal in one character': '\u009b31m\u009d0;hurt\u009c\u0090',
  'text turned around': 'a\u202egnp.exe\u202c',
  'isolates': '\u2066a\u2067b\u2068c\u2069\u061c\u200e\u200f',
  'zero-width characters': 'a\u200bb\u200cc\u200dd\u2060e\u00adf\u180eg\u034f',
  'byte order marks': '\ufeffversion: STSv1\ufeff',
  'NULs': 'a\u0000b\u0000<script>window.hurt=1</script>',
  'other controls': '\u0001\u0008\u000b\u000c\u000e\u007f\u0085',
  'ends of lines': 'a\r\nb\nc\rd\u2028e\u2029f\tg',
  'halves of characters': 'a\ud800b\udc00c',
  'what is no character': 'a\uffffb\ufffec\ufdd0d\u{1ffff}e\ufffc',
  'tags': 'a\u{e0001}\u{e0068}\u{e0069}\u{e007f}\ufe0f\u{e0100}',
  'blanks': 'a\u00a0b\u3000c\u2800d\u3164e\u115ff',
  'marks on marks': `Z${'\u0335\u0489\u0362\u035c'.repeat(200)}`,
  'a very long line': `${'x'.repeat(60_000)}<script>window.hurt=1</script>`,
  'many short words': '<b> '.repeat(5_000),
};

/** Evidence with a text wherever one can be; four kinds, since a host cannot answer in all ways at once. */
export function withText(evidence, text) {
  const kinds = {
    'a policy': (copy) => answered(copy, { status: 200, content_type: `text/plain; charset=${text}`, last_modified: text, body: policy(text) }),
    'a redirect': (copy) => answered(copy, { status: 301, content_type: text, location: `${text}javascript:window.hurt=1`, body: text }),
    'a certificate': (copy) => {
      const policyOf = copy.observations.find(({ lookup }) => lookup.policy);
      const certificate = { names: [text, `*.${text}`], common_name: text, issuer: text, self_issued: false, not_before: '2020-01-01T00:00:00Z', not_after: '2021-01-01T00:00:00Z' };
      policyOf.outcome = { failed: { cause: 'tls', detail: text } };
      copy.observations.push({ lookup: { handshake: { host: policyOf.lookup.policy.host } }, outcome: { handshake: { version: 771, certificates: [certificate, { ...certificate, names: [] }] } }, took_ms: 1 });
    },
    'a resolver': (copy) => {
      answered(copy, { status: 200, content_type: 'text/plain', body: policy(text) });
      for (const { lookup, outcome } of copy.observations.filter(({ lookup }) => lookup.dns)) {
        if (lookup.dns.type === 'TXT') outcome.answer = { rcode: 2, extended_errors: [{ code: 22, text }] };
      }
      for (const { lookup } of copy.observations.filter(({ lookup }) => lookup.dns?.type === 'TXT').slice()) {
        copy.observations.push({ lookup: { dns: { ...lookup.dns, checking_disabled: true } }, outcome: { answer: { rcode: 0, records: [{ txt: [text] }], extended_errors: [{ code: 7, text }] } }, took_ms: 1 });
      }
    },
  };
  return Object.entries(kinds).map(([kind, change]) => {
    const copy = structuredClone(evidence);
    written(copy, text);
    change(copy);
    return [kind, copy];
  });
}

const policy = (text) => `version: STSv1\nmode: ${text}\nmx: ${text}\nmx: *.${text}\n${text}: ${text}\nx-note: ${text}\nmax_age: ${text}\nmode: enforce\nmax_age: 86400\n`;

function answered(evidence, response) {
  for (const { lookup, outcome } of evidence.observations) if (lookup.policy) Object.assign(outcome, { response });
}

/** Records, mail servers, aliases and name servers. */
function written(evidence, text) {
  for (const { lookup, outcome } of evidence.observations) {
    const { answer } = outcome;
    if (!lookup.dns || !answer) continue;
    const { name, type } = lookup.dns;
    answer.extended_errors = [{ code: 65000, text }];
    if (name.startsWith('_mta-sts')) {
      answer.records = [{ txt: [`v=STSv1; id=${text}; ${text}=${text}; x-note=${text};`] }, { txt: [text] }];
      answer.aliases = [{ name, target: text }];
    }
    if (name.startsWith('_smtp._tls')) answer.records = [{ txt: [`v=TLSRPTv1; rua=mailto:${text},https://${text}/,${text}`] }];
    if (type === 'MX') answer.records = [{ mx: { preference: 1, exchange: text } }, { mx: { preference: 2, exchange: `mail.${text}.com` } }, ...answer.records ?? []];
    if (type === 'NS') answer.records = [{ ns: text }];
    if (type === 'A' || type === 'AAAA') answer.aliases = [{ name, target: text }];
    if (answer.zone) answer.zone = text;
  }
}
