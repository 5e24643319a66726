namespace RecordHub.Dicom.Network;

/// <summary>What extended negotiation adds to a query (PS3.4 §C.5.1.1, §C.5.2.1).</summary>
public readonly record struct QueryOptions
{
    /// <summary>The bytes of all options: relational, dates with times, names, time zones.</summary>
    internal const int Length = 4;

    private const int Relational = 0;
    private const int CombinedDateTime = 1;
    private const int FuzzyNames = 2;

    /// <summary>A date and its time are one moment, so that their ranges are one range.</summary>
    public bool CombinesDateAndTime { get; init; }

    /// <summary>Names match by their words.</summary>
    public bool MatchesNamesFuzzily { get; init; }

    /// <summary>What was asked for; a byte that is missing asks for nothing.</summary>
    internal static QueryOptions Read(ReadOnlySpan<byte> information) => new()
    {
        CombinesDateAndTime = information.Length > CombinedDateTime && information[CombinedDateTime] == 1,
        MatchesNamesFuzzily = information.Length > FuzzyNames && information[FuzzyNames] == 1,
    };

    /// <summary>The answer, as long as the question: relational queries and retrievals are taken from everybody.</summary>
    internal byte[] ToBytes(int length)
    {
        byte[] information = new byte[length];
        for (int i = 0; i < length; i++)
        {
            information[i] = (byte)(i switch
            {
                Relational => 1,
                CombinedDateTime when CombinesDateAndTime => 1,
                FuzzyNames when MatchesNamesFuzzily => 1,
                _ => 0,
            });
        }

        return information;
    }
}
