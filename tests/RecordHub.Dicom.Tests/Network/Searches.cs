using System.Runtime.CompilerServices;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Network;

namespace RecordHub.Dicom.Tests.Network;

/// <summary>What a handler may answer a C-FIND with.</summary>
internal static class Searches
{
    public static async IAsyncEnumerable<FindMatch> Some(int count, bool unsupported = false)
    {
        for (int i = 0; i < count; i++)
        {
            yield return Match(i, unsupported);
        }

        await Task.CompletedTask;
    }

    public static async IAsyncEnumerable<FindMatch> Endless([EnumeratorCancellation] CancellationToken token)
    {
        for (int i = 0; ; i++)
        {
            await Task.Yield();
            token.ThrowIfCancellationRequested();
            yield return Match(i, false);
        }
    }

    public static IAsyncEnumerable<FindMatch> Never(CancellationToken token) => Never(static () => { }, static () => { }, token);

    /// <summary>Finds nothing until it is stopped, and tells of its beginning and its end.</summary>
    public static async IAsyncEnumerable<FindMatch> Never(
        Action begun, Action ended, [EnumeratorCancellation] CancellationToken token)
    {
        begun();
        try
        {
            await new TaskCompletionSource().Task.WaitAsync(token);
        }
        finally
        {
            ended();
        }

        yield break;
    }

    /// <summary>Finds one when it is told to.</summary>
    public static async IAsyncEnumerable<FindMatch> When(Task due)
    {
        await due;
        yield return Match(0, false);
    }

    private static FindMatch Match(int number, bool unsupported) => new(
        new DicomDataSet().Add(DicomTags.QueryRetrieveLevel, "STUDY").Add(DicomTags.PatientName, $"Müster^{number}"),
        unsupported);
}
