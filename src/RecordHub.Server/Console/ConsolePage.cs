using System.Globalization;
using RecordHub.Core.Cases;
using RecordHub.Core.Checklists;
using RecordHub.Core.Inbox;
using RecordHub.Core.Packages;
using RecordHub.Server.Api;

namespace RecordHub.Server.Console;

/// <summary>The coordinator's page: what is held and why, what each case lacks, and what was published. Pure.</summary>
internal static class ConsolePage
{
    private const int ShownGaps = 4;

    /// <summary>The whole page.</summary>
    /// <param name="caller">Who is signed in.</param>
    /// <param name="notice">What came of the last click; empty when nothing.</param>
    /// <param name="cases">The cases, newest first, each with its package versions.</param>
    /// <param name="held">What is held, by patient.</param>
    public static Html Render(
        string caller, Html notice, IReadOnlyList<(CaseView View, IReadOnlyList<PackageVersion> Versions)> cases,
        InboxPage held) => Frame("RecordHub console", Html.Of($"""
        <header class="bar">
          <a class="brand" href="/console">RecordHub</a>
          <nav aria-label="Sections"><a href="#inbox">Inbox <span class="count">{held.Records}</span></a><a href="#cases">Cases</a></nav>
          <form method="post" action="/console/logout"><span class="who">{caller}</span> <button class="quiet">Sign out</button></form>
        </header>
        <main>
          {(notice == Html.Empty ? Html.Empty : Html.Of($"<div class=\"notice\" role=\"status\">{notice}</div>"))}
          {InboxSection.Render(held, [.. cases.Select(entry => entry.View.File).Where(file => file.IsOpen)])}
          <section id="cases" aria-labelledby="cases-title">
            <h1 id="cases-title">Cases</h1>
            {(cases.Count == 0 ? Html.Of($"<p class=\"lead\">No case yet. Open one with <code>recordhub case create</code>.</p>") : Html.Empty)}
            {cases.Select(entry => Case(entry.View, entry.Versions))}
          </section>
        </main>
        """));

    /// <summary>The page to sign in on.</summary>
    public static Html RenderLogin(string notice) => Frame("Sign in to RecordHub", Html.Of($"""
        <main class="login">
          <form method="post" action="/console/login" class="card">
            <h1>RecordHub</h1>
            {(notice.Length == 0 ? Html.Empty : Html.Of($"<p class=\"notice bad\" role=\"alert\">{notice}</p>"))}
            <label for="token">Token</label>
            <input id="token" name="token" type="password" autocomplete="current-password" required autofocus>
            <button>Sign in</button>
            <p class="hint">The first token of an installation is in <code>admin.token</code> in its data folder.</p>
          </form>
        </main>
        """));

    private static Html Frame(string title, Html body) => Html.Of($"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{title}</title>
        <link rel="stylesheet" href="/console/style.css">
        </head>
        <body>
        {body}
        </body>
        </html>

        """);

    private static Html Case(CaseView view, IReadOnlyList<PackageVersion> versions)
    {
        CaseFile file = view.File;
        ChecklistFinding[] open = [.. view.Missing.Open];
        return Html.Of($"""
            <article class="card case">
              <h2><span class="number">{file.Number.Value}</span> {file.Patient.Name.Family}, {file.Patient.Name.Given} <span class="born">{file.Patient.BirthDate.ToString()}</span> <span class="tag">{file.Status}</span></h2>
              <p class="facts">{file.Specialty} · {view.Studies} studies, {view.Instances} images · {(long)view.Resources.Values.Sum()} records{(view.HeldSuggestions > 0 ? Html.Of($" · <a href=\"#inbox\">{view.HeldSuggestions} held</a>") : Html.Empty)}</p>
              <div class="split">
                <div>
                  <h3>Missing</h3>
                  {(open.Length == 0 ? Html.Of($"<p class=\"good\">Nothing is missing.</p>") : Html.Of($"<ul class=\"gaps\">{open.Take(ShownGaps).Select(Gap)}</ul>"))}
                  {Studies(view)}
                  {(open.Length <= ShownGaps ? Html.Empty : Html.Of($"<details><summary>{open.Length - ShownGaps} more</summary><ul class=\"gaps\">{open.Skip(ShownGaps).Select(Gap)}</ul></details>"))}
                </div>
                <div>
                  <h3>Package</h3>
                  {(versions.Count == 0 ? Html.Of($"<p>Not published yet.</p>") : Html.Of($"<ul class=\"versions\">{versions.Reverse().Select(Version)}</ul>"))}
                  {Publish(view)}
                </div>
              </div>
            </article>
            """);
    }

    private static Html Studies(CaseView view) => view.Completeness.Count == 0 ? Html.Empty : Html.Of($"""
        <details><summary>Studies: {string.Join(", ", view.Completeness.GroupBy(one => one.Verdict.State).OrderBy(one => one.Key).Select(one => $"{one.Count()} {ViewsOfCore.Words(one.Key)}"))}</summary>
        <ul class="gaps">{view.Completeness.Select(study => Html.Of($"<li class=\"wish\"><strong>{study.Name}</strong> <span>{ViewsOfCore.Words(study.Verdict.State)}</span> {string.Join(" ", study.Verdict.Reasons.Select(one => one.Sentence))}</li>"))}</ul></details>
        """);

    private static Html Publish(CaseView view)
    {
        string id = view.File.Number.ToString();
        Html override_ = view.Missing.Blockers.Any()
            ? Html.Of($"<label for=\"why-{id}\">Why without what is required</label><input id=\"why-{id}\" name=\"reason\" required maxlength=\"200\">")
            : Html.Empty;
        return Html.Of($"""
            <form method="post" action="/console/cases/{id}/publish">{override_}<button>Publish</button></form>
            """);
    }

    private static Html Gap(ChecklistFinding finding) => Html.Of($"""
        <li class="{(finding.IsBlocker ? "blocker" : "wish")}"><strong>{finding.Label}</strong> <span>{ViewsOfCore.Words(finding.Outcome)}</span> {finding.Detail}</li>
        """);

    private static Html Version(PackageVersion version) => Html.Of($"""
        <li>Version {version.Version} · {Time(version.CreatedAt)} · {version.CreatedBy} · {version.Entries.Count} entries <code title="SHA-256 of the Bundle">{version.Digest.ToString()[..12]}</code></li>
        """);

    internal static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
