using RecordHub.Core.Identity;
using RecordHub.Core.Identity.Matching;
using RecordHub.Core.Inbox;
using RecordHub.Core.Packages;

namespace RecordHub.Server.Api;

/// <summary>How what is held, and what was taken out, look outside. Pure.</summary>
public static class InboxViewsOfCore
{
    /// <summary>A page of groups.</summary>
    public static InboxPageView Page(InboxPage page)
    {
        ArgumentNullException.ThrowIfNull(page);
        return new InboxPageView([.. page.Patients.Select(Patient)], page.Total, page.Records, page.Next?.ToString());
    }

    /// <summary>Whose a record says it is.</summary>
    public static ClaimView Claim(PatientClaim claim)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return new ClaimView(
            [.. claim.Names.Select(name => $"{name.Family}, {name.Given}".Trim(',', ' '))], claim.BirthDate?.ToString(),
            claim.Sex == AdministrativeSex.Unknown ? null : ViewsOfCore.Words(claim.Sex),
            [.. claim.Identifiers.Select(Identifiers.Canonical).Distinct().Select(one => one.Issuer.Length == 0 ? one.Value : $"{one.Value} of {one.Issuer}")]);
    }

    /// <summary>A case beside a record.</summary>
    public static CaseMatchView Match(CaseMatch match)
    {
        ArgumentNullException.ThrowIfNull(match);
        return new CaseMatchView(
            match.File.Number.Value, match.File.Patient.Name.Family, match.File.Patient.Name.Given,
            match.File.Patient.BirthDate.ToString(), ViewsOfCore.Words(match.Match.Grade), match.Match.Bits,
            [.. match.Match.Vetoes.Select(ViewsOfCore.Words)],
            [.. match.Match.Fields.Where(field => field.Claimed.Length > 0 || field.Known.Length > 0).Select(field => new FieldView(
                ViewsOfCore.Words(field.Field), ViewsOfCore.Words(field.Level), Math.Round(field.Bits, 1), field.Claimed, field.Known))]);
    }

    /// <summary>A decision that was taken.</summary>
    public static DecidedView Decided(InboxOutcome.Done done)
    {
        ArgumentNullException.ThrowIfNull(done);
        return new DecidedView(ViewsOfCore.Item(done.Record), done.Others, Withdrawn(done.Withdrawn));
    }

    /// <summary>A split that was done.</summary>
    public static SplitView Split(SplitOutcome.Done done)
    {
        ArgumentNullException.ThrowIfNull(done);
        return new SplitView(done.Moved, done.Left, [.. done.Records.Select(id => id.ToString())], Withdrawn(done.Withdrawn));
    }

    public static AlertView Alert(SenderAlert alert)
    {
        ArgumentNullException.ThrowIfNull(alert);
        return new AlertView(
            alert.Record.ToString(), alert.Case.Value, ViewsOfCore.Words(alert.Source.Door), alert.Source.Site,
            alert.Source.Sender, alert.ReceivedAt, alert.Sentence);
    }

    public static MovedView Moved(MovedRecord moved)
    {
        ArgumentNullException.ThrowIfNull(moved);
        return new MovedView(moved.Record.Id.ToString(), moved.Record.Title, moved.Because, moved.Case.Value);
    }

    public static ReaderView Reader(PackageReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return new ReaderView(
            reader.Version, reader.Name, reader.Role, ViewsOfCore.Words(reader.Kind), reader.First, reader.Last,
            reader.WithdrawnAt);
    }

    private static WithdrawnView? Withdrawn(Withdrawal? withdrawal) => withdrawal is null ? null : new WithdrawnView(
        withdrawal.Case.Value, withdrawal.Versions, withdrawal.Notice, [.. withdrawal.Readers.Select(Reader)]);

    private static InboxPatientView Patient(InboxPatient patient) => new(
        patient.First.Id.ToString(), patient.First.Item.Source.Tenant.ToString(), Claim(patient.First.Claim), patient.Count,
        patient.First.Item.ReceivedAt,
        [.. patient.Studies.Select(study => new InboxStudyView(study.Count, study.Reasons, ViewsOfCore.Item(study.First)))],
        [.. patient.Matches.Select(Match)]);
}
