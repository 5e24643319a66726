using System.Security.Cryptography;
using System.Text;
using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Intake;
using RecordHub.Core.Tests.Stores;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Files;
using RecordHub.Dicom.Network;

namespace RecordHub.Core.Tests.Intake;

public sealed class IntakeDoorTests
{
    private readonly CancellationToken _none = CancellationToken.None;
    private MemoryBlobs _blobs = null!;
    private MemoryStore _items = null!;

    [SetUp]
    public void MakeStores() => (_blobs, _items) = (new MemoryBlobs(), new MemoryStore());

    [Test]
    public async Task Bytes_are_kept_as_they_came_with_what_they_are()
    {
        byte[] letter = Encoding.UTF8.GetBytes("Dear colleague, thank you for seeing her.");
        Source source = new() { Door = Door.Import, FileName = "letter.txt", Case = new CaseNumber(3) };

        IntakeOutcome.Accepted accepted = Accepted(await AcceptAsync(letter, source));
        ReceivedItem item = (await _items.FindAsync(accepted.Item, _none))!.Received;

        Assert.That(item.Kind, Is.EqualTo(ContentKind.PlainText));
        Assert.That(item.Content, Is.EqualTo(item.Blob).And.EqualTo(ContentHash.FromDigest(SHA256.HashData(letter))));
        Assert.That(item.Length, Is.EqualTo(letter.Length));
        Assert.That(item.Source, Is.EqualTo(source));
        Assert.That(await _blobs.FindLengthAsync(item.Blob, _none), Is.EqualTo(letter.Length));
        Assert.That(await AcceptAsync(letter, source), Is.EqualTo(new IntakeOutcome.AlreadyHeld(item.Id, item.Blob)));
    }

    [Test]
    public async Task An_instance_is_the_same_whatever_stands_before_its_data_set_and_however_it_is_cut()
    {
        byte[] dataSet = DicomBytes.DataSet(pixels: 200_000);
        ContentHash expected = ContentHash.FromDigest(SHA256.HashData([.. DicomBytes.Meta(), .. dataSet]));
        byte[][] files =
        [
            [.. DicomBytes.Meta(), .. dataSet],
            [.. DicomBytes.Meta(sender: "SENDER"), .. dataSet],
            [.. DicomBytes.Meta()[132..], .. dataSet],
            [.. DicomBytes.Meta(sopClass: "1.2.3"), .. dataSet],
            dataSet,
        ];

        foreach (byte[] file in files)
        {
            foreach (int piece in new[] { 1000, 65_536, int.MaxValue })
            {
                MakeStores();
                using PiecewiseStream stream = new(file, piece);
                IntakeOutcome.Accepted accepted =
                    Accepted(await Make().AcceptAsync(stream, new Source { Door = Door.Import }, _none));
                ReceivedItem item = (await _items.FindAsync(accepted.Item, _none))!.Received;

                Assert.That(item.Content, Is.EqualTo(expected));
                Assert.That(item.SopInstanceUid, Is.EqualTo(DicomBytes.Instance));
                Assert.That(item.DataSetOffset, Is.EqualTo(file.Length - dataSet.Length));
            }
        }
    }

    [TestCase("1.2.840.10008.1.2")]
    [TestCase("1.2.840.10008.1.2.1")]
    [TestCase("1.2.840.10008.1.2.1.99")]
    [TestCase("1.2.840.10008.1.2.2")]
    public async Task A_file_as_we_write_it_is_its_own_content_in_every_syntax(string uid)
    {
        TransferSyntax syntax = TransferSyntax.Of(Uid.Parse(uid));
        byte[] file = DicomFileWriter.ToBytes(DicomFile.ReadHeader(DicomBytes.File(), options: new() { KeepPixelData = true }).DataSet, syntax);
        byte[] other = [.. new byte[128], .. file[128..]];
        other[0] = 1;

        ReceivedItem item = await ReceiveAsync(file);

        Assert.That(item.Content, Is.EqualTo(item.Blob));
        MakeStores();
        Assert.That((await ReceiveAsync(other)).Content, Is.EqualTo(item.Content), "a preamble does not matter");
        MakeStores();
        Assert.That((await ReceiveAsync(file[132..])).Content, Is.EqualTo(item.Content), "nor does there have to be one");
    }

    // Stores hold what was digested so: whoever changes what goes before a data set makes each instance new to them.
    [Test]
    public async Task The_digest_of_a_data_set_stays_what_it_is() => Assert.That(
        (await ReceiveAsync(DicomBytes.DataSet())).Content.ToString(),
        Is.EqualTo("cbd87a7bbe9f3fe15e3f2127ce9baf01a9710b1d9338853837895be8351292fd"));

    [Test]
    public async Task Data_sets_without_a_class_are_told_apart_by_their_bytes()
    {
        byte[] dataSet = DicomBytes.DataSet(sopClass: string.Empty);

        ReceivedItem item = await ReceiveAsync([.. DicomBytes.Meta(), .. dataSet]);
        MakeStores();
        ReceivedItem same = await ReceiveAsync([.. DicomBytes.Meta(sender: "SENDER"), .. dataSet]);
        dataSet[^1] ^= 1;
        MakeStores();
        ReceivedItem changed = await ReceiveAsync([.. DicomBytes.Meta(), .. dataSet]);

        Assert.That(same.Content, Is.EqualTo(item.Content).And.Not.EqualTo(same.Blob));
        Assert.That(changed.Content, Is.Not.EqualTo(item.Content));
    }

    [Test]
    public async Task A_file_shorter_than_a_preamble_is_hashed_all_the_same()
    {
        byte[] dataSet = DicomBytes.DataSet(pixels: 2);
        Assert.That(dataSet, Has.Length.LessThan(140));

        IntakeOutcome.Accepted accepted = Accepted(await AcceptAsync(dataSet, Import()));

        Assert.That(
            (await _items.FindAsync(accepted.Item, _none))!.Received.Content,
            Is.EqualTo(ContentHash.FromDigest(SHA256.HashData([.. DicomBytes.Meta(), .. dataSet]))));
    }

    [TestCase(DicomBytes.Instance, DicomBytes.CtImage, null)]
    [TestCase("1.2.3", DicomBytes.CtImage, RefusalReason.DataSetDoesNotMatch)]
    [TestCase(DicomBytes.Instance, "1.2.840.10008.5.1.4.1.1.4", RefusalReason.DataSetDoesNotMatch)]
    public async Task What_the_command_announces_must_come(string instance, string sopClass, RefusalReason? refusal)
    {
        SopReference announced = new(Uid.Parse(sopClass), Uid.Parse(instance));

        IntakeOutcome outcome = await Make().AcceptAsync(
            new MemoryStream(DicomBytes.File(study: "2.25.1", series: "2.25.2")), new Source { Door = Door.CStore }, announced, _none);

        Assert.That((outcome as IntakeOutcome.Refused)?.Reason, Is.EqualTo(refusal));
    }

    [TestCase(null, "2.25.2", 0x0020_000Du)]
    [TestCase("", "2.25.2", 0x0020_000Du)]
    [TestCase("1.2.abc.4", "2.25.2", 0x0020_000Du)]
    [TestCase("1.2.840.111111111111111111111111111111111111111111111111111111111", "2.25.2", 0x0020_000Du)]
    [TestCase("2.25.1", null, 0x0020_000Eu)]
    [TestCase("2.25.1", "2.25.2 ", null)]
    [TestCase("1.2.03.4", "2.25.2\0", null)]
    public async Task What_is_in_no_study_or_series_is_refused_where_instances_are_sent_and_kept_of_files(
        string? study, string? series, uint? offending)
    {
        byte[] file = DicomBytes.File(study: study, series: series);

        foreach (Door door in new[] { Door.CStore, Door.Stow })
        {
            IntakeOutcome outcome = await AcceptAsync(file, new Source { Door = door });
            Assert.That((outcome as IntakeOutcome.Refused)?.Offending?.Value, Is.EqualTo(offending));
            Assert.That(outcome.Kept is null, Is.EqualTo(offending is not null));
        }

        Assert.That((await AcceptAsync(file, Import())).Kept, Is.Not.Null);
    }

    [Test]
    public async Task An_instance_with_other_content_is_kept_and_in_conflict()
    {
        IntakeOutcome.Accepted first = Accepted(await AcceptAsync(DicomBytes.File(pixels: 1000), Import()));

        IntakeOutcome second = await AcceptAsync(DicomBytes.File(pixels: 1002), Import());

        Assert.That((second as IntakeOutcome.Conflicting)?.Earlier, Is.EqualTo(first.Item));
    }

    [Test]
    public async Task Two_files_that_end_before_they_name_their_instance_are_two()
    {
        byte[] file = DicomBytes.File();
        int dataSet = DicomBytes.DataSetOffset(file);

        IntakeOutcome.Accepted first = Accepted(await AcceptAsync(file[..dataSet], new Source { Door = Door.Import }));
        IntakeOutcome.Accepted second = Accepted(
            await AcceptAsync([.. DicomBytes.Meta(sender: "SENDER")], new Source { Door = Door.Import }));

        Assert.That(second.Item, Is.Not.EqualTo(first.Item));
    }

    [Test]
    public async Task A_truncated_instance_is_kept()
    {
        byte[] file = DicomBytes.File();

        Assert.That(await AcceptAsync(file[..^500], Import()), Is.TypeOf<IntakeOutcome.Accepted>());
    }

    [Test]
    public async Task What_is_no_record_is_named_at_a_door_for_files_and_refused_at_the_others()
    {
        byte[] program = Encoding.ASCII.GetBytes("MZ\0\0program");

        Assert.That(await AcceptAsync(program, Import()), Is.EqualTo(new IntakeOutcome.Ignored("program")));
        Assert.That(await AcceptAsync([], Import()), Is.EqualTo(new IntakeOutcome.Ignored("empty file")));
        foreach (Door door in new[] { Door.CStore, Door.Stow, Door.Fhir })
        {
            Source source = new() { Door = door };
            Assert.That(Reason(await AcceptAsync(program, source)), Is.EqualTo(RefusalReason.NotUnderstood));
            Assert.That(Reason(await AcceptAsync([], source)), Is.EqualTo(RefusalReason.Empty));
        }
    }

    [TestCase("viewer.dat", false)]
    [TestCase("image.dcm", true)]
    [TestCase("IM000001", true)]
    public async Task What_only_looks_like_dicom_is_kept_for_a_person_where_its_name_says_so(string name, bool isKept)
    {
        byte[] damaged = [8, 0, 5, 0, (byte)'C', (byte)'S', 0xFF, 0xFF, 1, 2, 3];

        Assert.That(await AcceptAsync(damaged, Import() with { FileName = name }), isKept ? Is.TypeOf<IntakeOutcome.Accepted>() : Is.TypeOf<IntakeOutcome.Ignored>());
    }

    [Test]
    public async Task A_file_that_says_it_is_dicom_and_cannot_be_read_is_kept_for_a_person()
    {
        byte[] damaged = [.. new byte[128], .. "DICM"u8, .. Enumerable.Repeat((byte)0xFF, 200)];

        IntakeOutcome kept = await AcceptAsync(damaged, Import());
        IntakeOutcome refused = await AcceptAsync(damaged, new Source { Door = Door.CStore });

        Assert.That(kept, Is.TypeOf<IntakeOutcome.Accepted>());
        Assert.That(Reason(refused), Is.EqualTo(RefusalReason.NotUnderstood));
    }

    [Test]
    public async Task Longer_than_allowed_is_refused_and_not_kept()
    {
        byte[] text = Encoding.ASCII.GetBytes(new string('a', 300_000));
        IntakeDoor door = new(_blobs, _items, new IntakeOptions { MaxLength = 200_000 }, TimeProvider.System);

        IntakeOutcome outcome = await door.AcceptAsync(new MemoryStream(text), Import(), _none);

        Assert.That(Reason(outcome), Is.EqualTo(RefusalReason.TooLarge));
        Assert.That(
            await _blobs.FindLengthAsync(ContentHash.FromDigest(SHA256.HashData(text)), _none), Is.Null);
    }

    [Test]
    public void A_sender_that_breaks_off_is_told_and_nothing_is_kept()
    {
        byte[] file = DicomBytes.File(pixels: 500_000);
        foreach (int after in new[] { 0, 10, 70_000, 300_000, file.Length })
        {
            using PiecewiseStream stream = new(file[..after], 8192, new IOException("broken off"));

            Assert.ThrowsAsync<IOException>(() => Make().AcceptAsync(stream, Import(), _none).AsTask());
        }

        Assert.That(_items.ListRecordsAsync(RecordHub.Core.Inbox.RecordState.Held, AccessScope.All, null, 10, _none).Result, Is.Empty);
    }

    [Test]
    public async Task A_full_disk_is_an_answer()
    {
        IntakeDoor door = new(new FullBlobs(), _items, new IntakeOptions(), TimeProvider.System);

        IntakeOutcome outcome = await door.AcceptAsync(new MemoryStream(DicomBytes.File()), Import(), _none);

        Assert.That(Reason(outcome), Is.EqualTo(RefusalReason.OutOfResources));
    }

    private static Source Import() => new() { Door = Door.Import };

    private static RefusalReason? Reason(IntakeOutcome outcome) => (outcome as IntakeOutcome.Refused)?.Reason;

    private static IntakeOutcome.Accepted Accepted(IntakeOutcome outcome)
    {
        Assert.That(outcome, Is.TypeOf<IntakeOutcome.Accepted>());
        return (IntakeOutcome.Accepted)outcome;
    }

    private async Task<ReceivedItem> ReceiveAsync(byte[] file) =>
        (await _items.FindAsync(Accepted(await AcceptAsync(file, Import())).Item, _none))!.Received;

    private IntakeDoor Make() => new(_blobs, _items, new IntakeOptions(), TimeProvider.System);

    private Task<IntakeOutcome> AcceptAsync(byte[] bytes, Source source) =>
        Make().AcceptAsync(new MemoryStream(bytes), source, _none).AsTask();

    private sealed class FullBlobs : IBlobStore
    {
        public ValueTask<IBlobWriter> CreateAsync(BlobNaming naming, CancellationToken cancellationToken) =>
            throw new StorageFullException("full");

        public Task<Stream> OpenAsync(ContentHash hash, long offset, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<long?> FindLengthAsync(ContentHash hash, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task SetAsideAsync(ContentHash hash, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task DeleteAsync(ContentHash hash, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
