using RecordHub.Core.Normalization;

namespace RecordHub.Server.Fhir;

/// <summary>The reads of one batch, one after the other, within what all of them may take.</summary>
internal sealed class BatchTurn(BatchReads reads, FhirCall call)
{
    private int _asked;
    private long _room = BatchReads.MostBytes;

    /// <summary>Answers the next one.</summary>
    /// <param name="read">What it asks for.</param>
    /// <param name="where">The entry, such as <c>Bundle.entry[3]</c>.</param>
    public async Task<ReadAnswer> NextAsync(SentRead read, string where)
    {
        ReadAnswer answer = await reads.AnswerAsync(call, read, _asked++, _room, where);
        _room -= answer.Resource.Length;
        return answer;
    }
}
