"""Addresses in every place where HTML, CSS and SVG take one, for the test that none of them is read.

{http} stands for the address of a server that counts its visitors, {host} for it without "http:", {file} for the path
of a file that holds a secret.
"""

from __future__ import annotations

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">'
PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
)

VECTORS = {
    # Pictures and what embeds
    "image": '<img alt="x" src="{http}/1">',
    "image in capitals": '<IMG ALT="x" SRC="HTTP:{host}/2">',
    "image with spaces": '<img alt="x" src="  {http}/3  ">',
    "image set": '<img alt="x" srcset="{http}/4 1x" src="{http}/4b">',
    "picture source": '<picture><source srcset="{http}/5"><img alt="x" src="{http}/5b"></picture>',
    "protocol-relative": '<img alt="x" src="{host}/6">',
    "object": '<object data="{http}/7"></object>',
    "object with a type": '<object type="image/svg+xml" data="{http}/8"></object>',
    "embed": '<embed src="{http}/9">',
    "frame": '<iframe src="{http}/10"></iframe>',
    "frame with a document": "<iframe srcdoc=\"<img src='{http}/11'>\"></iframe>",
    "video": '<video src="{http}/12" poster="{http}/12b"></video>',
    "audio": '<audio src="{http}/13"></audio>',
    "image button": '<input type="image" src="{http}/14" alt="x">',
    "body background": '<body background="{http}/15"><p>x</p></body>',
    "table background": '<table background="{http}/16"><tr><td>x</td></tr></table>',
    # Links that a browser follows by itself
    "stylesheet": '<link rel="stylesheet" href="{http}/20.css">',
    "alternate stylesheet": '<link rel="alternate stylesheet" href="{http}/21.css">',
    "icon": '<link rel="icon" href="{http}/22">',
    "preload": '<link rel="preload" as="image" href="{http}/23">',
    "script": '<script src="{http}/24"></script>',
    "refresh": '<meta http-equiv="refresh" content="0;url={http}/25">',
    "base": '<base href="{http}/"><img alt="x" src="26"><link rel="stylesheet" href="26.css">',
    "ping": '<a href="https://example.org/" ping="{http}/27">x</a>',
    # Attachments
    "attachment": '<link rel="attachment" href="{http}/30">',
    "attached link": '<a rel="attachment" href="{http}/31">x</a>',
    "attached file": '<link rel="attachment" href="file://{file}">',
    "attached file in capitals": '<A REL="NoFollow ATTACHMENT" HREF="file://{file}">x</A>',
    "attached data": f'<link rel="attachment" href="data:image/png;base64,{PIXEL}">',
    "attached data of a link": f'<a rel="attachment" href="data:image/png;base64,{PIXEL}">x</a>',
    "attached static file": '<link rel="attachment" href="asset://static/rostrum/css/print.css">',
    # Styles
    "import": "<style>@import url({http}/40.css);</style>",
    "import of a string": '<style>@import "{http}/41.css";</style>',
    "import with escapes": "<style>@import url(\\68 ttp:{host}/42.css);</style>",
    "import for a medium": "<style>@import url({http}/43.css) print;</style>",
    "font": "<style>@font-face{{font-family:X;src:url({http}/44)}}p{{font-family:X}}</style><p>x</p>",
    "font with formats": (
        "<style>@font-face{{font-family:X;src:local(None),url({http}/45) format('woff2')}}"
        "p{{font-family:X}}</style><p>x</p>"
    ),
    "background": '<p style="background:url({http}/46)">x</p>',
    "second background": '<p style="background:none,url({http}/47)">x</p>',
    "image set of a style": "<p style=\"background:image-set('{http}/48' 1x)\">x</p>",
    "list marker": '<ul style="list-style:url({http}/49)"><li>x</li></ul>',
    "border": '<p style="border:1px solid;border-image:url({http}/50) 1">x</p>',
    "mask": '<p style="mask-border:url({http}/51);mask-image:url({http}/51b)">x</p>',
    "content": "<style>p::after{{content:url({http}/52)}}</style><p>x</p>",
    "content of an element": '<p style="content:url({http}/53)">x</p>',
    "marker": "<style>li::marker{{content:url({http}/54)}}</style><ul><li>x</li></ul>",
    "footnote call": (
        "<style>b{{float:footnote}}b::footnote-call{{content:url({http}/55)}}</style><p>x<b>n</b></p>"
    ),
    "page": "<style>@page{{background:url({http}/56)}}</style>",
    "margin box": "<style>@page{{@top-left{{content:url({http}/57)}}}}</style>",
    "filter and clip": '<p style="filter:url({http}/58);clip-path:url({http}/58b)">x</p>',
    "cursor and shape": '<p style="cursor:url({http}/59),auto;shape-outside:url({http}/59b)">x</p>',
    "counter": (
        "<style>@counter-style s{{system:cyclic;symbols:url({http}/60)}}"
        "ul{{list-style:s}}</style><ul><li>x</li></ul>"
    ),
    "variable": '<p style="--u:url({http}/61);background:var(--u)">x</p>',
    # Drawings
    "svg image": f'{SVG}<image href="{{http}}/70" width="9" height="9"/></svg>',
    "svg image the old way": f'{SVG}<image xlink:href="{{http}}/71" width="9" height="9"/></svg>',
    "svg use": f'{SVG}<use href="{{http}}/72.svg#a"/></svg>',
    "svg style": f"{SVG}<style>@import url({{http}}/73.css);</style><rect width='9' height='9'/></svg>",
    "svg paint": f'{SVG}<rect fill="url({{http}}/74#a)" width="9" height="9"/></svg>',
    "svg filter": f'{SVG}<filter id="f"><feImage href="{{http}}/75"/></filter><rect filter="url(#f)" width="9" height="9"/></svg>',
    "svg mask and marker": f'{SVG}<path d="M0 0L9 9" mask="url({{http}}/76#a)" marker-end="url({{http}}/76b#a)"/></svg>',
    "svg text path": f'{SVG}<text><textPath href="{{http}}/77#a"></textPath></text></svg>',
    "svg foreign object": f'{SVG}<foreignObject width="9" height="9"><img alt="x" src="{{http}}/78"></foreignObject></svg>',
    "svg in data": '<img alt="x" src="data:image/svg+xml,<svg xmlns=\'http://www.w3.org/2000/svg\'><image href=\'{http}/79\'/></svg>">',
    # Other ways to name a file
    "file": '<img alt="x" src="file://{file}">',
    "file on localhost": '<img alt="x" src="file://localhost{file}">',
    "file in capitals": '<img alt="x" src="FILE://{file}">',
    "file without slashes": '<img alt="x" src="file:{file}">',
    "path": '<img alt="x" src="{file}">',
    "path upwards": '<img alt="x" src="../../../../../../..{file}">',
    "share": '<img alt="x" src="\\\\127.0.0.1\\share\\secret">',
    "share as an address": '<img alt="x" src="file:////127.0.0.1/share/secret">',
    "file stylesheet": '<link rel="stylesheet" href="file://{file}">',
    "file import": "<style>@import url(file://{file});</style>",
    "file font": "<style>@font-face{{font-family:X;src:url(file://{file})}}p{{font-family:X}}</style><p>x</p>",
    "file in a drawing": f'{SVG}<image href="file://{{file}}" width="9" height="9"/></svg>',
    "file in content": "<style>p::after{{content:url(file://{file})}}</style><p>x</p>",
    "static file outside": '<img alt="x" src="asset://static/../../settings/base.py">',
    "static file encoded": '<img alt="x" src="asset://static/%2e%2e/%2e%2e/settings/base.py">',
    "font outside": '<img alt="x" src="asset://font/../../../etc/passwd">',
    "other schemes": '<img alt="x" src="ftp:{host}/90"><img alt="y" src="gopher:{host}/91"><img alt="z" src="jar:{http}/92!/x">',
    "data of another type": '<img alt="x" src="data:text/html,<img src={http}/93>"><link rel="stylesheet" href="data:text/css,@import url({http}/94.css)">',
    "entity": '<!DOCTYPE html [<!ENTITY x SYSTEM "file://{file}">]><p>&x;</p>',
    "processing instruction": '<?xml-stylesheet href="{http}/95.css"?><p>x</p>',
}  # fmt: skip

# Refused by an error of the whole document, which is as good.
REFUSED_WHOLE = {
    "attribute": '<p data-u="{http}/62" style="background:attr(data-u url)">x</p>',
    "colour profile": "<style>@color-profile --x{{src:url({http}/icc)}}p{{color:color(--x 0 0 0)}}</style>",
}
