import { View, parse } from "vega";
import { compile } from "vega-lite";
import { expressionInterpreter } from "vega-interpreter";
import { Graphviz } from "@hpcc-js/wasm-graphviz";
window.x = [View, parse, compile, expressionInterpreter, Graphviz];
