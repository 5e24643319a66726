using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Checklists;
using RecordHub.Core.Commitment;
using RecordHub.Core.Completeness;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;
using RecordHub.Core.Packages;
using RecordHub.Core.Resources;
using RecordHub.Core.Tests.Stores;
using RecordHub.Samples;
using RecordHub.Storage;

namespace RecordHub.Core.Tests.Packages;

/// <summary>The whole way on the real store: door, filing, inbox, package.</summary>
public sealed class StoredPackageTests
{
    private static readonly SampleCase s_sample = SampleCase.Generate(1);

    [Test]
    public async Task Two_fresh_stores_give_the_same_package_whatever_the_order()
    {
        PackageVersion first = await PublishAsync(s_sample.Files);
        PackageVersion second = await PublishAsync([.. s_sample.Files.Reverse()]);

        Assert.That(second.Digest, Is.EqualTo(first.Digest));
        Assert.That(first.Entries, Has.Count.GreaterThan(20));
    }

    private static async Task<PackageVersion> PublishAsync(IReadOnlyList<SampleFile> files)
    {
        string folder = Directory.CreateTempSubdirectory("recordhub-package").FullName;
        SingletonProvider services = new(Services(folder));
        try
        {
            await services.GetRequiredService<RecordHubStorage>().OpenAsync(CancellationToken.None);
            CaseFile file = await OpenAsync(services);
            List<HeldRecord> records = [];
            foreach (SampleFile one in files)
            {
                records.AddRange(await SendAsync(services, one, file.Number));
            }

            Assert.That(records.Count(one => one.State == RecordState.Held), Is.EqualTo(1), "the stranger's image alone");
            Assert.That(records.Count(one => one.State == RecordState.Rejected), Is.Zero);
            await AssignAndUndoAsync(services, records.Single(one => one.State == RecordState.Held), file);
            PublishingDesk desk = services.GetRequiredService<PublishingDesk>();
            PublishOutcome outcome = await desk.PublishAsync(file.Number, "ann", true, "a test", AccessScope.All, CancellationToken.None);
            PublishOutcome again = await desk.PublishAsync(file.Number, "ann", true, "a test", AccessScope.All, CancellationToken.None);
            CaseView? view = await services.GetRequiredService<CaseDesk>().ShowAsync(file.Number, AccessScope.All, CancellationToken.None);
            Assert.That((again as PublishOutcome.Published)?.Created, Is.False);
            Assert.That(view?.PackageVersion, Is.EqualTo(1));
            Assert.That(view?.File.Status, Is.EqualTo(CaseStatus.ReadyForReview));
            return ((PublishOutcome.Published)outcome).Version;
        }
        finally
        {
            await services.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IServiceCollection Services(string folder) => new ServiceCollection()
        .AddRecordHubStorage(new StorageOptions { DataFolder = folder })
        .AddSingleton(static one => new IntakeDoor(
            Get<IBlobStore>(one), Get<IItemStore>(one), new IntakeOptions(), TimeProvider.System))
        .AddSingleton(static one => new FilingStep(Get<IItemStore>(one), Get<IBlobStore>(one), Get<ICaseStore>(one)))
        .AddSingleton(static one => new InboxDesk(
            Get<IItemStore>(one), Get<ICaseStore>(one), Get<FilingStep>(one),
            new Withdrawals(
                Get<CaseContentReader>(one), Get<IPackageStore>(one), Get<IReaderStore>(one), TimeProvider.System),
            TimeProvider.System))
        .AddSingleton(static one => new CaseContentReader(
            Get<IResourceStore>(one), Get<IInstanceStore>(one), Get<IItemStore>(one)))
        .AddSingleton(static one => new CaseDesk(
            Get<ICaseStore>(one), Get<IPackageStore>(one), Get<CaseContentReader>(one),
            new StudyWatch(
                Get<IInstanceStore>(one), Get<ICommitmentStore>(one), Get<IItemStore>(one), new FakeActivity(),
                TimeProvider.System),
            ChecklistSet.BuiltIn, TimeProvider.System))
        .AddSingleton(static one => new PublishingDesk(
            Get<ICaseStore>(one), Get<CaseContentReader>(one), Get<IPackageStore>(one), Get<IBlobStore>(one),
            ChecklistSet.BuiltIn, TimeProvider.System));

    private static T Get<T>(IServiceProvider services)
        where T : notnull => services.GetRequiredService<T>();

    private static async Task<CaseFile> OpenAsync(SingletonProvider services)
    {
        CaseCreation created = await services.GetRequiredService<CaseDesk>()
            .CreateAsync(Office.Asked(s_sample.Patient), CancellationToken.None);
        return ((CaseCreation.Created)created).File;
    }

    private static async Task<IReadOnlyList<HeldRecord>> SendAsync(
        SingletonProvider services, SampleFile one, CaseNumber number)
    {
        using MemoryStream content = new(one.Content.ToArray());
        Source source = new() { Door = Door.Import, Case = number, FileName = one.Path, MediaType = one.MediaType };
        IntakeOutcome outcome =
            await services.GetRequiredService<IntakeDoor>().AcceptAsync(content, source, CancellationToken.None);
        return outcome is IntakeOutcome.Accepted accepted
            ? await services.GetRequiredService<FilingStep>().RunAsync(accepted.Item, CancellationToken.None)
            : [];
    }

    // A mistake that is taken back must leave nothing behind, not even the link that it made.
    private static async Task AssignAndUndoAsync(SingletonProvider services, HeldRecord stranger, CaseFile file)
    {
        InboxDesk inbox = services.GetRequiredService<InboxDesk>();
        ICaseStore cases = services.GetRequiredService<ICaseStore>();
        CaseFile? before = await cases.FindAsync(file.Number, AccessScope.All, CancellationToken.None);
        InboxOutcome assigned = await inbox.AssignAsync(stranger.Id, file.Number, "ann", AccessScope.All, CancellationToken.None);
        CaseFile? linked = await cases.FindAsync(file.Number, AccessScope.All, CancellationToken.None);
        InboxOutcome undone = await inbox.UndoAsync(stranger.Id, "ann", AccessScope.All, CancellationToken.None);
        CaseFile? after = await cases.FindAsync(file.Number, AccessScope.All, CancellationToken.None);

        Assert.That((assigned as InboxOutcome.Done)?.Record.State, Is.EqualTo(RecordState.Filed));
        Assert.That(linked?.Patient.Identifiers, Has.Count.EqualTo(before?.Patient.Identifiers.Count + 1));
        Assert.That((undone as InboxOutcome.Done)?.Record.State, Is.EqualTo(RecordState.Held));
        Assert.That(after?.Patient.Identifiers, Is.EqualTo(before?.Patient.Identifiers));
    }
}
