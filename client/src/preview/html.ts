// The document of the preview: a page without network, whose only scripts and styles are ours.
import { Uri, type Webview } from 'vscode';

export function previewHtml(webview: Webview, extension: Uri): string {
  const address = (file: string) => webview.asWebviewUri(Uri.joinPath(extension, 'dist', file)).toString();
  const nonce = crypto.randomUUID();
  const policy = [`default-src 'none'`, `script-src 'nonce-${nonce}'`, `style-src ${webview.cspSource}`].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Shapelint Preview</title>
<link rel="stylesheet" href="${address('preview.css')}">
</head>
<body>
<div id="page"></div>
<script nonce="${nonce}" src="${address('preview.js')}"></script>
</body>
</html>`;
}
