using System.Buffers;
using NUnit.Framework;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;
using RecordHub.Dicom.Network;
using RecordHub.Dicom.Tests.Files;
using static RecordHub.Dicom.Tests.Network.NetworkUids;

namespace RecordHub.Dicom.Tests.Network;

/// <summary>C-GET of what is stored in another uncompressed syntax than was accepted.</summary>
[CancelAfter(30_000)]
public sealed class RetrieveConversionTests
{
    private static readonly TransferSyntax[] s_accepted =
        [TransferSyntax.ExplicitLittleEndian, TransferSyntax.ImplicitLittleEndian];

    public static IEnumerable<TestCaseData> Ways() =>
        from stored in SampleData.Native
        from accepted in s_accepted
        where stored != accepted
        select new TestCaseData(stored, accepted)
            .SetArgDisplayNames(UidDictionary.NameOf(stored.Uid), UidDictionary.NameOf(accepted.Uid));

    [TestCaseSource(nameof(Ways))]
    public async Task It_comes_in_the_little_endian_syntax_that_was_accepted(TransferSyntax stored, TransferSyntax accepted)
    {
        (QueryResult result, byte[]? received) = await GetAsync(Written(stored), stored, accepted.Uid);

        Assert.That(result.Status, Is.EqualTo(DimseStatus.Success), result.Comment);
        Assert.That(received, Is.EqualTo(Written(accepted)));
    }

    [Test]
    public async Task Of_both_little_endian_syntaxes_it_comes_in_the_one_that_keeps_representations()
    {
        (_, byte[]? received) = await GetAsync(
            Written(TransferSyntax.ExplicitBigEndian), TransferSyntax.ExplicitBigEndian,
            TransferSyntax.ImplicitLittleEndian.Uid, TransferSyntax.ExplicitLittleEndian.Uid);

        Assert.That(received, Is.EqualTo(Written(TransferSyntax.ExplicitLittleEndian)));
    }

    [TestCase(1)]
    [TestCase(16)]
    public async Task Zeros_at_its_end_do_not_hold_it_back(int zeros)
    {
        byte[] stored = [.. Written(TransferSyntax.ExplicitLittleEndian), .. new byte[zeros]];
        (QueryResult result, byte[]? received) = await GetAsync(
            stored, TransferSyntax.ExplicitLittleEndian, TransferSyntax.ImplicitLittleEndian.Uid);

        Assert.That(result.Status, Is.EqualTo(DimseStatus.Success), result.Comment);
        Assert.That(received, Is.EqualTo(Written(TransferSyntax.ImplicitLittleEndian)));
    }

    [Test]
    public async Task What_cannot_be_inflated_fails_and_the_association_lives()
    {
        byte[] stored = Written(TransferSyntax.DeflatedExplicitLittleEndian);
        stored.AsSpan(stored.Length / 2).Fill(0xFF);
        (QueryResult result, byte[]? received) = await GetAsync(
            stored, TransferSyntax.DeflatedExplicitLittleEndian, TransferSyntax.ExplicitLittleEndian.Uid);

        Assert.That(result.Status, Is.EqualTo(DimseStatus.CannotPerformSubOperations));
        Assert.That(result.Comment, Does.Contain("cannot be converted"));
        Assert.That(received, Is.Null);
    }

    [Test]
    public async Task Nothing_becomes_big_endian_or_deflated()
    {
        (QueryResult result, _) = await GetAsync(
            Written(TransferSyntax.ExplicitLittleEndian), TransferSyntax.ExplicitLittleEndian,
            TransferSyntax.ExplicitBigEndian.Uid, TransferSyntax.DeflatedExplicitLittleEndian.Uid);

        Assert.That(result.Status, Is.EqualTo(DimseStatus.CannotPerformSubOperations));
        Assert.That(result.Comment, Does.StartWith("Not accepted"));
    }

    private static async Task<(QueryResult Result, byte[]? Received)> GetAsync(
        byte[] stored, TransferSyntax syntax, params Uid[] accepted)
    {
        CancellationToken token = TestContext.CurrentContext.CancellationToken;
        await using QueryRig rig = await QueryRig.OpenGetAsync(
            token, [.. accepted.Select(one => (CtImageStorage, one))]);
        rig.Handler.OnRetrieve = (_, _) => ValueTask.FromResult(
            new Retrieval([QueryRig.Instance(1, stored, CtImageStorage, syntax.Uid)]));
        byte[]? received = null;
        QueryResult result = await rig.Requestor.GetAsync(
            QueryRig.Query,
            async (_, dataSet, cancellationToken) =>
            {
                using MemoryStream bytes = new();
                await dataSet.CopyToAsync(bytes, cancellationToken);
                received = bytes.ToArray();
                return StoreResponse.Success;
            },
            null, token);
        AssociationSummary summary = await rig.ReleaseAsync(token);
        Assert.That(summary.Ending, Is.EqualTo(AssociationEnding.Released));
        return (result, received);
    }

    private static byte[] Written(TransferSyntax syntax)
    {
        ArrayBufferWriter<byte> output = new();
        DicomFileWriter.WriteDataSet(output, SampleData.Image(), syntax);
        return output.WrittenSpan.ToArray();
    }
}
