using System.Collections.Frozen;

namespace RecordHub.Core.Resources;

/// <summary>
/// The base letters of accented Latin ones (U+00C0 to U+024F and U+1E00 to U+1EFF, as Unicode decomposes them): the
/// runtime's own normalisation leaves everything but ASCII as it is under invariant globalization.
/// </summary>
internal static class BaseLetters
{
    private static readonly FrozenDictionary<char, char> s_base = new[]
    {
        ("ÀÁÂÃÄÅàáâãäåĀāĂăĄąǍǎǞǟǠǡǺǻȀȁȂȃȦȧḀḁẠạẢảẤấẦầẨẩẪẫẬậẮắẰằẲẳẴẵẶặ", 'a'),
        ("ḂḃḄḅḆḇ", 'b'),
        ("ÇçĆćĈĉĊċČčḈḉ", 'c'),
        ("ĎďḊḋḌḍḎḏḐḑḒḓ", 'd'),
        ("ÈÉÊËèéêëĒēĔĕĖėĘęĚěȄȅȆȇȨȩḔḕḖḗḘḙḚḛḜḝẸẹẺẻẼẽẾếỀềỂểỄễỆệ", 'e'),
        ("Ḟḟ", 'f'),
        ("ĜĝĞğĠġĢģǦǧǴǵḠḡ", 'g'),
        ("ĤĥȞȟḢḣḤḥḦḧḨḩḪḫẖ", 'h'),
        ("ÌÍÎÏìíîïĨĩĪīĬĭĮįǏǐȈȉȊȋḬḭḮḯỈỉỊị", 'i'),
        ("Ĵĵǰ", 'j'),
        ("ĶķǨǩḰḱḲḳḴḵ", 'k'),
        ("ĹĺĻļĽľḶḷḸḹḺḻḼḽ", 'l'),
        ("ḾḿṀṁṂṃ", 'm'),
        ("ÑñŃńŅņŇňǸǹṄṅṆṇṈṉṊṋ", 'n'),
        ("ÒÓÔÕÖòóôõöŌōŎŏŐőƠơǑǒǪǫǬǭȌȍȎȏȪȫȬȭȮȯȰȱṌṍṎṏṐṑṒṓỌọỎỏỐốỒồỔổỖỗỘộỚớỜờỞởỠỡỢợ", 'o'),
        ("ṔṕṖṗ", 'p'),
        ("ŔŕŖŗŘřȐȑȒȓṘṙṚṛṜṝṞṟ", 'r'),
        ("ŚśŜŝŞşŠšſȘșṠṡṢṣṤṥṦṧṨṩẛ", 's'),
        ("ŢţŤťȚțṪṫṬṭṮṯṰṱẗ", 't'),
        ("ÙÚÛÜùúûüŨũŪūŬŭŮůŰűŲųƯưǓǔǕǖǗǘǙǚǛǜȔȕȖȗṲṳṴṵṶṷṸṹṺṻỤụỦủỨứỪừỬửỮữỰự", 'u'),
        ("ṼṽṾṿ", 'v'),
        ("ŴŵẀẁẂẃẄẅẆẇẈẉẘ", 'w'),
        ("ẊẋẌẍ", 'x'),
        ("ÝýÿŶŷŸȲȳẎẏẙỲỳỴỵỶỷỸỹ", 'y'),
        ("ŹźŻżŽžẐẑẒẓẔẕ", 'z'),
    }.SelectMany(pair => pair.Item1.Select(accented => (accented, pair.Item2)))
        .ToFrozenDictionary(pair => pair.accented, pair => pair.Item2);

    /// <summary>The base letter in lower case, full-width forms as ASCII; any other character as it is.</summary>
    public static char Of(char c) => c is >= '\uff01' and <= '\uff5e'
        ? (char)(c - 0xfee0)
        : s_base.GetValueOrDefault(c, c);
}
