namespace RecordHub.Dicom.Tests.Network;

/// <summary>PS3.8 Table 9-10, copied cell by cell from the standard.</summary>
internal static class StandardTable
{
    // Rows: events 1 to 19. Columns: states 1 to 13. "-" is an empty cell. AR-8 alone depends on the role: Sta9 for the
    // requestor, Sta10 for the acceptor.
    private static readonly string[] s_table =
    [
        "AE1/4 -      -      -     -      -      -      -      -      -       -      -      -",
        "-     -      -      AE2/5 -      -      -      -      -      -       -      -      -",
        "-     AA1/13 AA8/13 -     AE3/6  AA8/13 AA8/13 AA8/13 AA8/13 AA8/13  AA8/13 AA8/13 AA6/13",
        "-     AA1/13 AA8/13 -     AE4/1  AA8/13 AA8/13 AA8/13 AA8/13 AA8/13  AA8/13 AA8/13 AA6/13",
        "AE5/2 -      -      -     -      -      -      -      -      -       -      -      -",
        "-     AE6/3  AA8/13 -     AA8/13 AA8/13 AA8/13 AA8/13 AA8/13 AA8/13  AA8/13 AA8/13 AA7/13",
        "-     -      AE7/6  -     -      -      -      -      -      -       -      -      -",
        "-     -      AE8/13 -     -      -      -      -      -      -       -      -      -",
        "-     -      -      -     -      DT1/6  -      AR7/8  -      -       -      -      -",
        "-     AA1/13 AA8/13 -     AA8/13 DT2/6  AR6/7  AA8/13 AA8/13 AA8/13  AA8/13 AA8/13 AA6/13",
        "-     -      -      -     -      AR1/7  -      -      -      -       -      -      -",
        "-     AA1/13 AA8/13 -     AA8/13 AR2/8  AR8/*  AA8/13 AA8/13 AA8/13  AA8/13 AA8/13 AA6/13",
        "-     AA1/13 AA8/13 -     AA8/13 AA8/13 AR3/1  AA8/13 AA8/13 AR10/12 AR3/1  AA8/13 AA6/13",
        "-     -      -      -     -      -      -      AR4/13 AR9/11 -       -      AR4/13 -",
        "-     -      AA1/13 AA2/1 AA1/13 AA1/13 AA1/13 AA1/13 AA1/13 AA1/13  AA1/13 AA1/13 -",
        "-     AA2/1  AA3/1  -     AA3/1  AA3/1  AA3/1  AA3/1  AA3/1  AA3/1   AA3/1  AA3/1  AA2/1",
        "-     AA5/1  AA4/1  AA4/1 AA4/1  AA4/1  AA4/1  AA4/1  AA4/1  AA4/1   AA4/1  AA4/1  AR5/1",
        "-     AA2/1  -      -     -      -      -      -      -      -       -      -      AA2/1",
        "-     AA1/13 AA8/13 -     AA8/13 AA8/13 AA8/13 AA8/13 AA8/13 AA8/13  AA8/13 AA8/13 AA7/13",
    ];

    /// <summary>Action and next state, such as "AA8/13"; "-" when the event cannot happen in the state.</summary>
    public static string Cell(int state, int happened, bool isRequestor) => s_table[happened - 1]
        .Split(' ', StringSplitOptions.RemoveEmptyEntries)[state - 1]
        .Replace("*", isRequestor ? "9" : "10", StringComparison.Ordinal);

    /// <summary>The action alone.</summary>
    public static string Action(int state, int happened, bool isRequestor) =>
        Cell(state, happened, isRequestor).Split('/')[0];
}
