using System.Globalization;
using RecordHub.Core.Uploads;
using RecordHub.Server.Console;

namespace RecordHub.Server.Uploads;

/// <summary>The pages of an upload link. They name no patient, and nothing that others sent. Pure.</summary>
internal static class UploadPage
{
    /// <summary>The form. It is sent to the address that it came from, so that the secret stands in no page.</summary>
    public static Html Form(UploadTexts texts, UploadLink link, UploadRules rules, long bytesPerFile) => Frame(
        texts, texts.Title, Html.Of($"""
        <h1>{texts.Title}</h1>
        <p class="lead">{UploadTexts.With(texts.ForCase, link.Case.Value)}</p>
        <p>{texts.Lead}</p>
        <form method="post" enctype="multipart/form-data" id="upload" class="card" data-most="{(long)rules.FilesPerRequest}"
          data-sending="{texts.Sending}" data-counted="{texts.Counted}" data-nothing="{texts.Nothing}" data-failed="{texts.Failed}"
          data-stay="{texts.Stay}" data-received="{texts.Received}" data-not-a-record="{texts.NotARecord}"
          data-refused="{texts.Refused}" data-lost="{texts.Lost}">
          <label for="files">{texts.Files}</label>
          <input id="files" name="files" type="file" multiple aria-describedby="limits">
          <label for="folder">{texts.Folder}</label>
          <input id="folder" name="files" type="file" webkitdirectory multiple aria-describedby="folder-hint">
          <p class="hint" id="folder-hint">{texts.FolderHint}</p>
          <p id="drop" class="drop" hidden>{texts.Drop}</p>
          <button id="send">{texts.Send}</button>
          <p class="hint" id="limits">{UploadTexts.With(texts.Limits, rules.FilesPerRequest, UploadTexts.Size(bytesPerFile), Day(link.ExpiresAt))}</p>
        </form>
        <section id="progress" class="card" aria-labelledby="progress-title" hidden>
          <h2 id="progress-title" tabindex="-1">{texts.Outcomes}</h2>
          <progress id="bar" max="100" value="0" aria-labelledby="progress-title"></progress>
          <p id="status" role="status" aria-live="polite"></p>
          <p id="trouble" role="alert"></p>
          <button id="again" class="quiet" type="button" hidden>{texts.Again}</button>
          <ul id="outcomes" class="outcomes"></ul>
          <p class="hint">{texts.Kept}</p>
        </section>
        <section class="card" aria-labelledby="what">
          <h2 id="what">{texts.What}</h2>
          <ul>{texts.Kinds.Select(kind => Html.Of($"<li>{kind}</li>"))}</ul>
        </section>
        """), withScript: true);

    /// <summary>What became of the files of one request.</summary>
    public static Html Receipt(UploadTexts texts, UploadReceipt receipt, string? notice) => Frame(texts, texts.Outcomes, Html.Of($"""
        <h1>{UploadTexts.With(texts.Counted, receipt.Received, receipt.Files.Count)}</h1>
        {(notice is null ? Html.Empty : Html.Of($"<p class=\"notice bad\" role=\"alert\">{notice}</p>"))}
        <section class="card" aria-labelledby="outcomes">
          <h2 id="outcomes">{texts.Outcomes}</h2>
          <table class="receipt">
            <thead><tr><th scope="col">{texts.File}</th><th scope="col">{texts.Outcome}</th></tr></thead>
            <tbody>{receipt.Files.Select(file => Html.Of($"<tr><th scope=\"row\">{file.Path}</th><td class=\"{file.Outcome}\">{texts.WordOf(file)}{(file.Reason is null ? string.Empty : ": " + file.Reason)}</td></tr>"))}</tbody>
          </table>
          {(receipt.Received == 0 ? Html.Empty : Html.Of($"<p class=\"hint\">{texts.Kept}</p>"))}
        </section>
        <p><a href="">{texts.More}</a></p>
        """), withScript: false);

    /// <summary>One page for every link that takes nothing, whatever the reason.</summary>
    public static Html Gone(UploadTexts texts) => Message(texts, texts.GoneTitle, $"{texts.Gone} {texts.GoneAdvice}");

    /// <summary>Something went wrong.</summary>
    public static Html Message(UploadTexts texts, string title, string message) => Frame(texts, title, Html.Of($"""
        <h1>{title}</h1>
        <p>{message}</p>
        """), withScript: false);

    // Addresses without a slash at their beginning: the service may stand below a path.
    private static Html Frame(UploadTexts texts, string title, Html body, bool withScript) => Html.Of($"""
        <!doctype html>
        <html lang="{texts.Language}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex, nofollow">
        <title>{title} - RecordHub</title>
        <link rel="stylesheet" href="page.css">
        {(withScript ? Html.Of($"<script src=\"page.js\" defer></script>") : Html.Empty)}
        </head>
        <body>
        <header class="bar"><span class="brand">RecordHub</span></header>
        <main class="upload">
        {body}
        </main>
        </body>
        </html>

        """);

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
