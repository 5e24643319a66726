using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Inbox;
using RecordHub.Core.Packages;
using RecordHub.Core.Resources;
using RecordHub.Core.Tests.Stores;
using RecordHub.Samples;

namespace RecordHub.Core.Tests.Inbox;

public sealed class SplitDeskTests
{
    private static readonly SampleCase s_sample = SampleCase.Generate(2);

    [Test]
    public async Task A_series_that_is_another_patients_goes_to_their_case_and_comes_back()
    {
        Office office = new();
        (CaseFile own, CaseFile other, StoredInstance[] study) = await FileAsync(office);
        string series = study[0].Facts.SeriesInstanceUid;
        int inSeries = study.Count(one => one.Facts.SeriesInstanceUid == series);

        SplitOutcome there = await MoveAsync(office, own, other, study[0], [series]);
        CaseContent left = await office.Reader.ReadAsync(own, CancellationToken.None);
        CaseContent moved = await office.Reader.ReadAsync(other, CancellationToken.None);
        SplitOutcome back = await MoveAsync(office, other, own, study[0], []);
        CaseContent again = await office.Reader.ReadAsync(own, CancellationToken.None);

        Assert.That((there as SplitOutcome.Done)?.Moved, Is.EqualTo(inSeries));
        Assert.That(moved.Instances.Select(one => one.Facts.SeriesInstanceUid).Distinct(), Is.EqualTo(new[] { series }));
        Assert.That(left.Instances.Select(one => one.Facts.SeriesInstanceUid), Does.Not.Contain(series));
        Assert.That(moved.Instances.Select(one => one.PatientId), Is.All.EqualTo(other.Patient.Id));
        Assert.That((back as SplitOutcome.Done)?.Moved, Is.EqualTo(inSeries));
        Assert.That(again.Instances.Select(one => one.Facts.SopInstanceUid), Is.SupersetOf(study.Select(one => one.Facts.SopInstanceUid)));
    }

    [Test]
    public async Task The_senders_number_stays_with_the_patient_whose_it_is()
    {
        Office office = new();
        (CaseFile own, CaseFile other, StoredInstance[] study) = await FileAsync(office);

        await MoveAsync(office, own, other, study[0], []);

        Assert.That((await Find(office, other)).Patient.Identifiers, Is.Empty);
        Assert.That((await Find(office, own)).Patient.Identifiers, Is.EqualTo(own.Patient.Identifiers));
    }

    [Test]
    public async Task Both_next_versions_say_so_and_the_published_one_is_withdrawn_from()
    {
        Office office = new();
        (CaseFile own, CaseFile other, StoredInstance[] study) = await FileAsync(office);
        await PublishAsync(office, own);
        await PublishAsync(office, other);

        SplitOutcome outcome = await MoveAsync(office, own, other, study[0], []);
        await PublishAsync(office, own);
        await PublishAsync(office, other);

        Withdrawal? withdrawn = (outcome as SplitOutcome.Done)?.Withdrawn;
        Assert.That(withdrawn?.Versions, Is.EqualTo(new[] { 1 }));
        Assert.That((await DiffAsync(office, own)).Where(one => one.Kind == PackageChangeKind.Removed).Select(one => one.Entry.Reference),
            Has.Some.StartsWith("ImagingStudy/"));
        Assert.That((await DiffAsync(office, other)).Where(one => one.Kind == PackageChangeKind.Added).Select(one => one.Entry.Reference),
            Has.Some.StartsWith("ImagingStudy/"));
    }

    [Test]
    public async Task What_comes_late_of_a_series_that_was_moved_is_held()
    {
        Office office = new();
        CaseFile own = await office.OpenAsync(Office.Asked(s_sample.Patient));
        CaseFile other = await office.OpenAsync(Office.Asked("Andersfall", "Ignota", identifiers: []));
        SampleFile[] images = Images();
        await office.SendAsync(images[0]);
        StoredInstance first = (await office.Reader.ReadAsync(own, CancellationToken.None)).Instances.Single();
        await MoveAsync(office, own, other, first, []);

        HeldRecord? late = null;
        foreach (SampleFile image in images.Skip(1))
        {
            HeldRecord record = (await office.SendAsync(image)).Single();
            late ??= record.StudyInstanceUid == first.Facts.StudyInstanceUid ? record : null;
        }

        Assert.That(late?.Reason, Is.EqualTo("moved-out"));
        Assert.That(late?.SuggestedCases, Is.EqualTo(new[] { other.Number, own.Number }));
    }

    [Test]
    public async Task What_cannot_be_split_says_why_and_nothing_moves()
    {
        Office office = new();
        (CaseFile own, CaseFile other, StoredInstance[] study) = await FileAsync(office);

        SplitOutcome[] outcomes =
        [
            await MoveAsync(office, own, own, study[0], []),
            await MoveAsync(office, own, other, study[0], ["1.2.3"]),
            await MoveAsync(office, other, own, study[0], []),
            await office.Splits.MoveAsync(
                new StudyShare { Case = own.Number, StudyInstanceUid = "1.2" }, new CaseNumber(99), "ann", AccessScope.All, default),
            await office.Splits.MoveAsync(
                new StudyShare { Case = own.Number, StudyInstanceUid = study[0].Facts.StudyInstanceUid }, other.Number, "ann", AccessScope.None, default),
        ];

        Assert.That(outcomes.Take(2), Is.All.InstanceOf<SplitOutcome.Refused>());
        Assert.That(outcomes.Skip(2), Is.All.InstanceOf<SplitOutcome.NotFound>());
        Assert.That((await office.Reader.ReadAsync(other, CancellationToken.None)).Instances, Is.Empty);
    }

    private static async Task<(CaseFile Own, CaseFile Other, StoredInstance[] Study)> FileAsync(Office office)
    {
        CaseFile own = await office.OpenAsync(Office.Asked(s_sample.Patient));
        CaseFile other = await office.OpenAsync(Office.Asked("Andersfall", "Ignota", identifiers: []));
        foreach (SampleFile image in Images())
        {
            await office.SendAsync(image);
        }

        StoredInstance[] study = [.. (await office.Reader.ReadAsync(own, CancellationToken.None)).Instances
            .GroupBy(one => one.Facts.StudyInstanceUid).MaxBy(group => group.Select(one => one.Facts.SeriesInstanceUid).Distinct().Count())!];
        return (own, other, study);
    }

    private static Task<SplitOutcome> MoveAsync(
        Office office, CaseFile from, CaseFile to, StoredInstance of, string[] series) => office.Splits.MoveAsync(
        new StudyShare { Case = from.Number, StudyInstanceUid = of.Facts.StudyInstanceUid, Series = series }, to.Number,
        "ann", AccessScope.All, CancellationToken.None);

    private static async Task<CaseFile> Find(Office office, CaseFile file) =>
        (await office.Store.FindAsync(file.Number, AccessScope.All, CancellationToken.None))!;

    private static Task<PublishOutcome> PublishAsync(Office office, CaseFile file) => office.Publishing.PublishAsync(
        file.Number, "ann", true, "urgent", AccessScope.All, CancellationToken.None);

    private static async Task<IReadOnlyList<PackageChange>> DiffAsync(Office office, CaseFile file) =>
        (await office.Publishing.DiffAsync(file.Number, 1, 2, AccessScope.All, CancellationToken.None))!;

    private static SampleFile[] Images() => [.. s_sample.Files
        .Where(one => one.MediaType == "application/dicom" && one.Expected == SampleOutcome.Filed)];
}
