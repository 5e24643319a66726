using System.Collections.Frozen;

namespace RecordHub.Documents.Text;

/// <summary>Letters without their accents, for comparing; the runtime's own normalisation is off under invariant globalization.</summary>
internal static class Accents
{
    private static readonly FrozenDictionary<char, char> s_plain = new[]
    {
        ("ÀÁÂÃÄÅĀĂĄ", 'A'), ("àáâãäåāăą", 'a'), ("ÇĆĈĊČ", 'C'), ("çćĉċč", 'c'), ("ĎĐ", 'D'), ("ďđ", 'd'), ("ÈÉÊËĒĔĖĘĚ", 'E'),
        ("èéêëēĕėęě", 'e'), ("ĜĞĠĢ", 'G'), ("ĝğġģ", 'g'), ("ĤĦ", 'H'), ("ĥħ", 'h'), ("ÌÍÎÏĨĪĬĮİ", 'I'), ("ìíîïĩīĭįı", 'i'),
        ("ĹĻĽĿŁ", 'L'), ("ĺļľŀł", 'l'), ("ÑŃŅŇ", 'N'), ("ñńņň", 'n'), ("ÒÓÔÕÖØŌŎŐ", 'O'), ("òóôõöøōŏő", 'o'), ("ŔŖŘ", 'R'),
        ("ŕŗř", 'r'), ("ŚŜŞŠȘ", 'S'), ("śŝşšșß", 's'), ("ŢŤŦȚ", 'T'), ("ţťŧț", 't'), ("ÙÚÛÜŨŪŬŮŰŲ", 'U'), ("ùúûüũūŭůűų", 'u'),
        ("ÝŶŸ", 'Y'), ("ýÿŷ", 'y'), ("ŹŻŽ", 'Z'), ("źżž", 'z'),
    }.SelectMany(pair => pair.Item1.Select(accented => (accented, pair.Item2)))
        .ToFrozenDictionary(pair => pair.accented, pair => pair.Item2);

    // Each mark with letters, and what the two are together.
    private static readonly FrozenDictionary<(char Letter, char Mark), char> s_composed = new[]
    {
        ('\u0300', "AÀaàEÈeèIÌiìOÒoòUÙuù"), ('\u0301', "AÁaáEÉeéIÍiíOÓoóUÚuúYÝyýCĆcćNŃnńSŚsśZŹzźΑΆαάΕΈεέΗΉηήΙΊιίΟΌοόΥΎυύΩΏωώ"),
        ('\u0302', "AÂaâEÊeêIÎiîOÔoôUÛuû"), ('\u0303', "AÃaãNÑnñOÕoõ"), ('\u0306', "AĂaăGĞgğИЙий"), ('\u0307', "IİZŻzż"),
        ('\u0308', "AÄaäEËeëIÏiïOÖoöUÜuüЕЁеёІЇії"), ('\u030A', "AÅaåUŮuů"), ('\u030B', "OŐoőUŰuű"),
        ('\u030C', "CČcčSŠsšZŽzžRŘrřEĚeěNŇnňDĎdďTŤtť"), ('\u0326', "SȘsșTȚtț"), ('\u0327', "CÇcçSŞsşTŢtţ"), ('\u0328', "AĄaąEĘeę"),
    }.SelectMany(pair => pair.Item2.Chunk(2).Select(two => (Key: (two[0], pair.Item1), Composed: two[1])))
        .ToFrozenDictionary(one => one.Key, one => one.Composed);

    /// <summary>A letter and the mark behind it as one; '\0' where there is no such letter.</summary>
    public static char Compose(char letter, char mark) => s_composed.GetValueOrDefault((letter, mark));

    /// <summary>The letter itself when it has no accent; '\0' for an accent that stands alone (U+0300 to U+036F).</summary>
    public static char Fold(char c) => c is >= '\u0300' and <= '\u036f' ? '\0' : s_plain.GetValueOrDefault(c, c);
}
