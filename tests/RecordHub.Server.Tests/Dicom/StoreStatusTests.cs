using Microsoft.Data.Sqlite;
using NUnit.Framework;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Network;
using RecordHub.Server.Hosting;
using RecordHub.Server.Tests.Hosting;

namespace RecordHub.Server.Tests.Dicom;

/// <summary>Every status of C-STORE, from the wire to the disk (PS3.4 Table B.2-1).</summary>
[CancelAfter(60_000)]
public sealed class StoreStatusTests
{
    private static readonly Uid s_instance = Uid.Parse("2.25.42");
    private static readonly byte[] s_image = TestSender.Bytes(TestSender.Image(s_instance));

    [Test]
    public async Task Sent_once_twice_or_with_other_bytes_it_is_success_and_nothing_is_lost(CancellationToken token)
    {
        await using TestHub hub = await TestHub.StartAsync(static options => options with { MaxSharedBytes = 0 });
        await using TestSender sender = await TestSender.OpenAsync(hub.DicomPort, token);
        byte[] other = TestSender.Bytes(TestSender.Image(s_instance, 2000));

        Stored(await sender.StoreAsync(s_instance, s_image, token));
        Stored(await sender.StoreAsync(s_instance, s_image, token), "not 0111");
        Stored(await sender.StoreAsync(s_instance, other, token), "not B000: both are kept");
        Assert.That(Blobs(hub), Is.EqualTo(2));
    }

    [Test]
    public async Task A_data_set_that_is_not_what_the_command_says_is_A900(CancellationToken token)
    {
        await using TestHub hub = await TestHub.StartAsync(static options => options with { MaxSharedBytes = 0 });
        await using TestSender sender = await TestSender.OpenAsync(hub.DicomPort, token);
        byte[] mr = TestSender.Bytes(TestSender.Image(s_instance).Add(DicomTags.SOPClassUID, TestSender.MrImage));

        Refused(await sender.StoreAsync(s_instance, mr, token), 0xA900, offending: true);
        Refused(await sender.StoreAsync(Uid.Parse("2.25.43"), s_image, token), 0xA900, offending: true);
        Assert.That(Blobs(hub), Is.Zero);
    }

    [Test]
    public async Task What_cannot_be_understood_is_C000(CancellationToken token)
    {
        await using TestHub hub = await TestHub.StartAsync();
        await using TestSender sender = await TestSender.OpenAsync(hub.DicomPort, token);

        Refused(await sender.StoreAsync(s_instance, [.. "This is no data set at all."u8], token), 0xC000, offending: true);
        Refused(await sender.StoreAsync(s_instance, [], token), 0xC000, offending: true);
        Stored(await sender.StoreAsync(s_instance, s_image, token), "the association lives");
    }

    [Test]
    public async Task A_data_set_that_breaks_off_is_kept_as_it_came_with_warning_B007(CancellationToken token)
    {
        await using TestHub hub = await TestHub.StartAsync();
        await using TestSender sender = await TestSender.OpenAsync(hub.DicomPort, token);

        StoreResponse kept = await sender.StoreAsync(s_instance, s_image[..^500], token);

        Assert.That(kept.Status, Is.EqualTo(0xB007));
        Assert.That(kept.Comment, Does.Contain("breaks off at byte").And.Length.LessThanOrEqualTo(64));
        Assert.That(Blobs(hub), Is.EqualTo(1));
    }

    [Test]
    public async Task A_site_that_may_not_store_is_told_0124(CancellationToken token)
    {
        await using TestHub hub = await TestHub.StartAsync(options => options with
        {
            Sites = [new SiteOptions { Name = "North", AeTitle = "NORTH", Verbs = SiteVerbs.Get | SiteVerbs.Commit }],
        });
        await using TestSender sender = await TestSender.OpenAsync(hub.DicomPort, token);

        Refused(await sender.StoreAsync(s_instance, s_image, token), 0x0124);
        Assert.That(Blobs(hub), Is.Zero);
    }

    [Test]
    public async Task A_disk_below_its_watermark_is_A700(CancellationToken token)
    {
        await using TestHub hub = await TestHub.StartAsync(options => options with { MinFreeBytes = long.MaxValue });
        await using TestSender sender = await TestSender.OpenAsync(hub.DicomPort, token);

        Refused(await sender.StoreAsync(s_instance, s_image, token), 0xA700);
        Assert.That(Blobs(hub), Is.Zero);
    }

    [Test]
    public async Task A_database_that_somebody_else_holds_is_A700_until_it_is_free(CancellationToken token)
    {
        await using TestHub hub = await TestHub.StartAsync(
            options => options with { DatabaseLockWait = TimeSpan.FromSeconds(1), Roles = ServerRoles.Dicom | ServerRoles.Api });
        await using TestSender sender = await TestSender.OpenAsync(hub.DicomPort, token);
        await using (SqliteConnection held = new($"Data Source={Path.Combine(hub.Folder, "recordhub.db")};Pooling=False"))
        {
            await held.OpenAsync(token);
            await using SqliteTransaction transaction = held.BeginTransaction(System.Data.IsolationLevel.Serializable);
            Refused(await sender.StoreAsync(s_instance, s_image, token), 0xA700);
            NormalizedResponse commitment = await sender.CommitAsync(Uid.Parse("2.25.7"), token, s_instance);
            Assert.That(commitment.Status, Is.EqualTo(DimseStatus.ResourceLimitation));
        }

        Stored(await sender.StoreAsync(s_instance, s_image, token));
    }

    [Test]
    public async Task A_folder_of_blobs_that_is_away_is_A700_until_it_is_there(CancellationToken token)
    {
        await using TestHub hub = await TestHub.StartAsync();
        await using TestSender sender = await TestSender.OpenAsync(hub.DicomPort, token);
        string blobs = Path.Combine(hub.Folder, "blobs");
        Directory.Move(blobs, blobs + "-away");

        Refused(await sender.StoreAsync(s_instance, s_image, token), 0xA700);

        Directory.Move(blobs + "-away", blobs);
        Stored(await sender.StoreAsync(s_instance, s_image, token));
    }

    [Test]
    public async Task What_is_longer_than_what_is_taken_is_0213(CancellationToken token)
    {
        await using TestHub hub = await TestHub.StartAsync(
            options => options with { Limits = options.Limits with { UploadBytes = 1024 } });
        await using TestSender sender = await TestSender.OpenAsync(hub.DicomPort, token);

        Refused(await sender.StoreAsync(s_instance, s_image, token), 0x0213);
    }

    private static void Stored(StoreResponse response, string? because = null) =>
        Assert.That((response.Status, response.Comment), Is.EqualTo((DimseStatus.Success, (string?)null)), because);

    private static void Refused(StoreResponse response, int status, bool offending = false)
    {
        Assert.That(response.Status, Is.EqualTo(status), response.Comment);
        Assert.That(response.Comment, Is.Not.Empty.And.Length.LessThanOrEqualTo(64));
        Assert.That(response.Comment, Does.Not.Contain("Verywell").And.Not.Contain("4711"));
        Assert.That(response.OffendingElements, offending ? Is.Not.Empty : Is.Empty);
    }

    private static int Blobs(TestHub hub) =>
        Directory.GetFiles(Path.Combine(hub.Folder, "blobs"), "*", SearchOption.AllDirectories)
            .Count(static file => Path.GetExtension(file) is not (".held" or ".id"));
}
