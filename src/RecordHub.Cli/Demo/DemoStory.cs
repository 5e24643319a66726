using System.Globalization;
using System.Net;
using RecordHub.Cli.Dicom;
using RecordHub.Cli.Hub;
using RecordHub.Cli.Import;
using RecordHub.Cli.Output;
using RecordHub.Core.Cases;
using RecordHub.Core.Identity;
using RecordHub.Samples;
using RecordHub.Server.Api;

namespace RecordHub.Cli.Demo;

/// <summary>The way of a case from two hospitals to its package, told step by step on a running service.</summary>
internal sealed class DemoStory(
    IRecordHub hub, DemoWeb web, IPEndPoint dicom, SampleCase sample, string folder, CommandOutput output)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    /// <summary>What was expected, and whether it happened.</summary>
    public DemoExpectations Expectations { get; } = new(output);

    /// <summary>Tells the story; the case it ends with.</summary>
    public async Task<CreatedCaseView> TellAsync(CancellationToken cancellationToken)
    {
        sample.WriteTo(folder);
        CreatedCaseView opened = await OpenCaseAsync(cancellationToken);
        CaseNumber number = new(opened.Case);
        await SendAsync(number, cancellationToken);
        await ImportAsync(number, cancellationToken);
        await ShowInboxAsync(cancellationToken);
        await ShowCaseAsync(number, cancellationToken);
        await PublishAsync(opened, cancellationToken);
        return opened;
    }

    private IEnumerable<SampleFile> By(SampleDoor door) => sample.Files.Where(file => file.Door == door);

    private async Task<CreatedCaseView> OpenCaseAsync(CancellationToken cancellationToken)
    {
        SamplePatient patient = sample.Patient;
        CreatedCaseView opened = await hub.CreateCaseAsync(
            new NewCase
            {
                Specialty = SampleCase.Specialty,
                Family = patient.Family,
                Given = patient.Given,
                BirthDate = patient.BirthDateIso,
                Sex = patient.Gender,
                Identifiers = [.. patient.RecordNumbers.Select(pair => new PatientIdentifier(pair.Key.Issuer, pair.Value))],
                Question = SampleCase.Question,
            },
            cancellationToken);
        Chapter("A case is opened");
        output.Line($"  Case {opened.Case}: {patient.Given} {patient.Family}, born {patient.BirthDateIso}, does not exist.");
        output.Line($"  “{SampleCase.Question}”");
        return opened;
    }

    private async Task SendAsync(CaseNumber number, CancellationToken cancellationToken)
    {
        Chapter("Two hospitals send what they have");
        string[] images = [.. By(SampleDoor.CStore).Select(file => Path.Combine(folder, file.Path))];
        int stored = 0;
        DicomPeer peer = new(dicom.Address.ToString(), dicom.Port, "RECORDHUB", SampleHospital.StMary.AeTitle);
        await new DicomSender(peer, TimeProvider.System).SendAsync(
            images, null, sent => stored += sent.Sent ? 1 : 0, cancellationToken);
        Expectations.Expect(stored == images.Length, $"C-STORE   {stored} of {images.Length} instances of the new chest CT and its report");

        HttpStatusCode stow = await web.StowAsync(By(SampleDoor.Stow), cancellationToken);
        Expectations.Expect(stow == HttpStatusCode.OK, $"STOW-RS   {By(SampleDoor.Stow).Count()} instances of the head MR: {(int)stow}");
        foreach (SampleFile bundle in By(SampleDoor.Fhir))
        {
            HttpStatusCode fhir = await web.TransactAsync(bundle, cancellationToken);
            Expectations.Expect(fhir is HttpStatusCode.OK or HttpStatusCode.Created, $"FHIR      a transaction with problems, laboratory values and medication: {(int)fhir}");
        }

        int expected = images.Length + By(SampleDoor.Stow).Count();
        CaseDetailsView view = await WaitForAsync(number, expected, cancellationToken);
        Expectations.Expect(
            view.Instances == expected, $"All {expected} instances found their case by record number and issuer, none was told which");
    }

    private async Task ImportAsync(CaseNumber number, CancellationToken cancellationToken)
    {
        Chapter("A disc and some letters are imported");
        ImportReport report = new();
        List<ImportLine> lines = [];
        Importer importer = new(hub, new ImportOptions { Case = number, Recursive = true }, null, done =>
        {
            lock (lines)
            {
                lines.AddRange(done);
                report.Add([.. done.Select(line => line with { Path = Path.GetRelativePath(folder, line.Path) })]);
            }
        });
        string[] paths = [.. By(SampleDoor.Import).Select(file => Path.GetFullPath(Path.Combine(folder, file.Path)))];
        await importer.RunAsync(paths, cancellationToken);
        report.Write(output, importer.Tally, dryRun: false);
        foreach (SampleOutcome outcome in Enum.GetValues<SampleOutcome>())
        {
            SampleFile[] files = [.. By(SampleDoor.Import).Where(file => file.Expected == outcome)];
            int met = files.Count(file => OutcomeOf(lines, file) == ViewsOfCore.Words(outcome));
            Expectations.Expect(met == files.Length, $"{met} of {files.Length} files are {ViewsOfCore.Words(outcome)}, as they should be");
        }
    }

    private string? OutcomeOf(List<ImportLine> lines, SampleFile file)
    {
        string path = Path.GetFullPath(Path.Combine(folder, file.Path));
        string[] outcomes = [.. lines.Where(line => line.Path == path).Select(line => line.Outcome).Distinct()];
        return outcomes.Length == 1 ? outcomes[0] : null;
    }

    private async Task ShowInboxAsync(CancellationToken cancellationToken)
    {
        Chapter("Somebody else's image was on the disc");
        IReadOnlyList<InboxItemView> inbox = await hub.ListInboxAsync(cancellationToken);
        foreach (InboxItemView item in inbox)
        {
            output.Line($"  {item.Title}: {item.Explanation}");
        }

        Expectations.Expect(inbox.Count == 1, $"{inbox.Count} record is held, in no case and in no search, until a person decides");
    }

    private async Task ShowCaseAsync(CaseNumber number, CancellationToken cancellationToken)
    {
        Chapter("What is here, and what is missing");
        CaseDetailsView view = await WaitForAsync(number, DicomInstances, cancellationToken);
        output.Line($"  {view.Instances} images and reports in {view.Studies} studies; " + string.Join(", ", view.Resources
            .Where(pair => pair.Value > 0).OrderByDescending(pair => pair.Value).Select(pair => $"{pair.Value} {pair.Key}")));
        Commands.FindingText.Write(output, view.Missing.Where(finding => finding.Outcome != "present"));
        Expectations.Expect(view.Studies == 3, $"{view.Studies} studies: chest CT, the CT of a year ago, head MR");
        Expectations.Expect(view.Instances == DicomInstances, $"{view.Instances} of {DicomInstances} instances are in the case");
    }

    private int DicomInstances => sample.Files.Count(
        file => file.MediaType == "application/dicom" && file.Expected == SampleOutcome.Filed);

    private async Task PublishAsync(CreatedCaseView opened, CancellationToken cancellationToken)
    {
        Chapter("The package is published");
        CaseNumber number = new(opened.Case);
        PublishedView first = await hub.PublishAsync(
            number, force: true, "Demonstration: the slides travel by courier.", cancellationToken);
        Expectations.Expect(first is { Created: true, Version: 1 }, $"Version {first.Version}, SHA-256 {first.Digest}");
        PublishedView again = await hub.PublishAsync(number, force: true, "Demonstration: asked again.", cancellationToken);
        Expectations.Expect(
            again is { Created: false, Version: 1 } && again.Digest == first.Digest, "Published again: nothing has changed, no new version");
        string? served = await web.PackageDigestAsync(opened.Id, cancellationToken);
        Expectations.Expect(served == first.Digest, "A front end that fetches it over FHIR gets these bytes exactly");
        Expectations.Expect(await web.HasStudiesAsync(opened.Case, cancellationToken), "Its viewer finds the studies over DICOMweb");
    }

    private async Task<CaseDetailsView> WaitForAsync(CaseNumber number, int instances, CancellationToken cancellationToken)
    {
        long since = TimeProvider.System.GetTimestamp();
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(100));
        while (true)
        {
            CaseDetailsView view = await hub.ShowCaseAsync(number, cancellationToken);
            bool settled = view.Instances >= instances && view.Resources.GetValueOrDefault("Observation") > 0;
            if (settled || TimeProvider.System.GetElapsedTime(since) > s_patience)
            {
                return view;
            }

            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    private void Chapter(string title)
    {
        output.Line();
        output.Line(title);
        output.Line(new string('─', new StringInfo(title).LengthInTextElements));
    }
}
