using System.Globalization;
using RecordHub.Core.Cases;
using RecordHub.Core.Identity;
using RecordHub.Core.Identity.Matching;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;
using RecordHub.Server.Api;

namespace RecordHub.Server.Console;

/// <summary>The inbox on the coordinator's page: a card for each patient as claimed, with a line for each study. Pure.</summary>
internal static class InboxSection
{
    private const int ShownStudies = 8;

    public static Html Render(InboxPage page, IReadOnlyList<CaseFile> open) => Html.Of($"""
        <section id="inbox" aria-labelledby="inbox-title">
          <h1 id="inbox-title">Inbox</h1>
          <p class="lead">{Lead(page)}</p>
          {page.Patients.Select(patient => Card(patient, open))}
          {(page.Next is { } next ? Html.Of($"<p class=\"more\"><a href=\"/console?after={next.ToString()}#inbox\">The next patients</a></p>") : Html.Empty)}
        </section>
        """);

    private static string Lead(InboxPage page) => (page.Records, page.Patients.Count) switch
    {
        (0, _) => "Nothing waits for a person.",
        (_, 0) => "There are no more. Go back to the first page for the others.",
        (1, _) => "One record waits for a person. It is in no case until somebody decides.",
        _ => string.Create(
            CultureInfo.InvariantCulture,
            $"{page.Records} records of {page.Total} {(page.Total == 1 ? "patient" : "patients")} wait for a person, the longest first. They are in no case until somebody decides."),
    };

    private static Html Card(InboxPatient patient, IReadOnlyList<CaseFile> open) => Html.Of($"""
        <article class="card held">
          <div class="what">
            <h2>{Who(patient.First.Claim)} <span class="tag">{patient.Count} {(patient.Count == 1 ? "record" : "records")}</span></h2>
            <ul class="studies">{patient.Studies.Take(ShownStudies).Select(Study)}</ul>
            {(patient.Studies.Count > ShownStudies ? Html.Of($"<p class=\"hint\">… and {patient.Studies.Count - ShownStudies} more.</p>") : Html.Empty)}
            {patient.Matches.Select(Match)}
          </div>
          <div class="acts">{Acts(patient, open)}</div>
        </article>
        """);

    private static Html Study(InboxStudy study)
    {
        HeldRecord record = study.First;
        Source source = record.Item.Source;
        return Html.Of($"""
            <li>
              {(record.StudyInstanceUid is null ? Html.Empty : Html.Of($"<img class=\"picture\" src=\"/console/inbox/{record.Id.ToString()}/thumbnail\" alt=\"\" width=\"96\" height=\"96\" loading=\"lazy\">"))}
              <div class="line"><strong>{(study.Count == 1 ? string.Empty : $"{study.Count} × ")}{record.Title}</strong> {study.Reasons.Select(reason => Html.Of($"<span class=\"tag\">{reason}</span> "))}</div>
              <p>{record.Explanation}</p>
              <p class="hint">{ViewsOfCore.Words(source.Door)}, {source.Site ?? source.Sender ?? "unknown sender"}, {ConsolePage.Time(record.Item.ReceivedAt)} · <a href="/console/inbox/{record.Id.ToString()}/content">original</a></p>
              {(record.Evidence.Count == 0 ? Html.Empty : Html.Of($"<details><summary>Why</summary><ul>{record.Evidence.Select(line => Html.Of($"<li>{line}</li>"))}</ul></details>"))}
            </li>
            """);
    }

    /// <summary>What stands in the place of a picture that cannot be made.</summary>
    internal static Html NoPicture(string why) => Html.Of($"""
        <svg xmlns="http://www.w3.org/2000/svg" width="96" height="96" viewBox="0 0 96 96"><rect width="96" height="96" fill="#8a97a1"/><text x="48" y="34" fill="#fff" font-family="sans-serif" font-size="11" text-anchor="middle">no picture:</text>{why.Chunk(16).Select((line, i) => Html.Of($"<text x=\"48\" y=\"{50 + (13 * i)}\" fill=\"#fff\" font-family=\"sans-serif\" font-size=\"10\" text-anchor=\"middle\">{new string(line)}</text>"))}</svg>
        """);

    private static Html Match(CaseMatch match)
    {
        CaseMatchView view = InboxViewsOfCore.Match(match);
        return Html.Of($"""
            <details class="match"><summary><span class="number">{view.Case}</span> {view.Family}, {view.Given} · {view.BirthDate} <span class="tag {view.Grade}">{Words(view.Grade)}</span> {view.Vetoes.Select(veto => Html.Of($"<span class=\"tag veto\">{Words(veto)}</span> "))}</summary>
            <table><thead><tr><th scope="col">Field</th><th scope="col">In the record</th><th scope="col">In the case</th><th scope="col">Agrees</th><th scope="col" class="bits">Bits</th></tr></thead>
            <tbody>{view.Fields.Select(field => Html.Of($"<tr><th scope=\"row\">{Words(field.Field)}</th><td>{field.Record}</td><td>{field.Known}</td><td>{Words(field.Level)}</td><td class=\"bits\">{Bits(field.Bits)}</td></tr>"))}
            <tr><th scope="row">all</th><td></td><td></td><td></td><td class="bits">{Bits(view.Bits)}</td></tr></tbody></table></details>
            """);
    }

    private static Html Acts(InboxPatient patient, IReadOnlyList<CaseFile> open)
    {
        string id = patient.First.Id.ToString();
        CaseFile[] own = [.. open.Where(file => file.Tenant == patient.First.Item.Source.Tenant)
            .OrderByDescending(file => patient.Matches.Any(match => match.File.Number == file.Number))
            .ThenByDescending(file => file.Number.Value)];
        return Html.Of($"""
            <form method="post" action="/console/inbox/assign">
              {What(patient, $"assign-{id}")}
              <label for="case-{id}">Case</label>
              <select id="case-{id}" name="case" required>
                <option value="">Choose…</option>
                {own.Select(file => Option(file, patient))}
              </select>
              <button>Assign</button> <button class="quiet" formaction="/console/inbox/preview">Look first</button>
            </form>
            <details><summary>Reject</summary>
            <form method="post" action="/console/inbox/reject">
              {What(patient, $"reject-{id}")}
              <label for="reason-{id}">Reason</label>
              <input id="reason-{id}" name="reason" required maxlength="200">
              <button class="quiet">Reject</button>
            </form></details>
            """);
    }

    private static Html What(InboxPatient patient, string id) => patient.Studies is [InboxStudy only]
        ? Html.Of($"<input type=\"hidden\" name=\"what\" value=\"{ConsoleNotice.ValueOf(new InboxTarget(only.First.Id, InboxExtent.Patient))}\">")
        : Html.Of($"""
            <label for="{id}">What</label>
            <select id="{id}" name="what">
              <option value="{ConsoleNotice.ValueOf(new InboxTarget(patient.First.Id, InboxExtent.Patient))}">all {patient.Count} records</option>
              {patient.Studies.Take(ShownStudies).Select(study => Html.Of($"<option value=\"{ConsoleNotice.ValueOf(new InboxTarget(study.First.Id))}\">{(study.Count == 1 ? string.Empty : $"{study.Count} × ")}{study.First.Title}</option>"))}
            </select>
            """);

    private static Html Option(CaseFile file, InboxPatient patient)
    {
        CaseMatch? match = patient.Matches.FirstOrDefault(one => one.File.Number == file.Number);
        string grade = match is null ? string.Empty : $" ({ViewsOfCore.Words(match.Match.Grade)})";
        bool best = match is not null && patient.Matches.Count == 1 && match.Match.Grade >= MatchGrade.Probable;
        return Html.Of($"<option value=\"{file.Number.Value}\"{(best ? Html.Of($" selected") : Html.Empty)}>{$"{file.Number} · {file.Patient.Name.Family}, {file.Patient.Name.Given}{grade}"}</option>");
    }

    private static Html Who(PatientClaim claim)
    {
        if (claim.IsNobody || claim.ByReferenceOnly)
        {
            return Html.Of($"Names nobody");
        }

        string name = claim.Names is [PersonName first, ..] ? $"{first.Family}, {first.Given}".Trim(',', ' ') : "Without a name";
        IEnumerable<string> parts = new[] { claim.BirthDate?.ToString(), claim.Sex == AdministrativeSex.Unknown ? null : ViewsOfCore.Words(claim.Sex) }
            .OfType<string>()
            .Concat(InboxViewsOfCore.Claim(claim).Identifiers.Take(3));
        return Html.Of($"{name} <span class=\"born\">{string.Join(" · ", parts)}</span>");
    }

    private static string Words(string code) => code.Replace('-', ' ');

    private static string Bits(double bits) => bits.ToString("+0.0;−0.0;0", CultureInfo.InvariantCulture);
}
