/// The script of a live picture: a table for the point under the pointer, the wheel zooms, dragging pans, the legend hides a series,
/// a double click resets. It takes the axes and points of `LiveTable`, and reads the rest from the picture itself.
enum LiveScript {
  static let text = """
    function(img,m){if(img.dataset.live)return;img.dataset.live=1;
    var host=document.createElement('div');img.parentNode.insertBefore(host,img);
    try{live(new TextDecoder().decode(Uint8Array.from(atob(img.src.split(',')[1]),function(c){return c.charCodeAt(0)})));
    img.style.display='none'}catch(e){host.remove();console.warn(e)}
    function live(source){
    var root=host.attachShadow({mode:'open'}),NS='http://www.w3.org/2000/svg';
    root.innerHTML='<style>svg{max-width:100%;height:auto;display:block}[data-legend]{cursor:pointer}.tip{position:absolute;\
    pointer-events:none;background:#fff;color:#262626;border:1px solid #bbb;border-radius:4px;padding:4px 8px;\
    font:11px/1.45 sans-serif;white-space:pre;box-shadow:0 1px 4px #0003;z-index:9}</style>'+source+'<div class="tip" hidden></div>';
    host.style.cssText='position:relative;max-width:'+m.w+'px';
    var svg=root.querySelector('svg'),tip=root.querySelector('.tip'),title=svg.querySelector('title');
    var parts=Array.from(svg.children);m.g.forEach(function(p){var g=document.createElementNS(NS,'g');g.setAttribute('data-'+p[0],p[1]);g.panel=p[4];
    if(p[2]<parts.length){svg.insertBefore(g,parts[p[2]])}else{svg.appendChild(g)}parts.slice(p[2],p[3]).forEach(function(c){g.appendChild(c)})});
    svg.setAttribute('role','img');svg.setAttribute('aria-label',img.alt);if(title)title.remove();
    var off={},drag=null,groups=Array.from(svg.querySelectorAll('g')).filter(function(g){return g.panel!==undefined});
    var starts=[['a3.4',3.4,0],['l6 6',3,3],['h6v6',3,3],['l4 7',0,4],['l4.4',0,4.4],['h8m-',4,0],['l1.7',0,7],['l3 3',1.5,1.5],['h4m-',2,0]];
    var panels=m.p.map(function(m,place){
    var L=m.a[0],T=m.a[1],W=m.a[2],H=m.a[3],k=1,dx=0,dy=0,own=groups.filter(function(g){return g.panel===place});
    var clip=document.createElementNS(NS,'clipPath');clip.id='area'+place;
    clip.innerHTML='<rect x="'+(L-5)+'" y="'+(T-5)+'" width="'+(W+10)+'" height="'+(H+10)+'"/>';svg.insertBefore(clip,svg.firstChild);
    var series=own.filter(function(g){return'series'in g.dataset}).map(function(g){if(m.x)g.setAttribute('clip-path','url(#area'+place+')');
    return{g:g,name:g.dataset.series,paths:Array.from(g.querySelectorAll('path')).map(function(p){return[p,p.getAttribute('d')]})}});
    function at(x,y){return[L+(x-L)*k+dx,T+(y-T)*k+dy]}
    function moved(d){return d.replace(/([ML])(-?[\\d.]+)[ ,]?(-?[\\d.]+)([^ML]*)/g,function(all,c,x,y,rest){
    var s=starts.find(function(s){return c==='M'&&rest.indexOf(s[0])===0})||['',0,0],p=at(+x+s[1],+y+s[2]);
    return c+(p[0]-s[1]).toFixed(1)+' '+(p[1]-s[2]).toFixed(1)+rest})}
    function ticks(axis,size,shift,up){var log=axis[2]==='log',f=function(v){return log?Math.log10(v):v},a=f(axis[0]),b=f(axis[1]);
    var low=a+(b-a)*(up?size*(k-1)+shift:-shift)/(size*k),high=low+(b-a)/k,list=[];
    var lo=Math.min(low,high),hi=Math.max(low,high);
    function put(v,text){list.push([(f(v)-low)/(high-low),text])}
    if(log&&hi-lo>2){for(var e=Math.ceil(lo);e<=hi;e+=Math.ceil((hi-lo)/7))put(Math.pow(10,e),e<-3||e>4?'1e'+e:String(+Math.pow(10,e).toPrecision(6)));return list}
    if(log){lo=Math.pow(10,lo);hi=Math.pow(10,hi)}
    var unit=axis[2]==='percent'?100:1,span=(hi-lo)*unit,rough=span/(up?6:8),power=Math.pow(10,Math.floor(Math.log10(rough)));
    var step=[1,2,5,10].find(function(s){return s*power>=rough})*power;if(axis[2]==='whole')step=Math.max(1,step);
    for(var v=Math.ceil(lo*unit/step-1e-9)*step;v<=hi*unit+step*1e-9;v+=step){var t=+v.toPrecision(10);
    put(v/unit,(Math.abs(t)>=1e6||t!==0&&Math.abs(t)<1e-4?t.toExponential():String(t))+(unit===100?'%':''))}
    return list}
    function draw(){series.forEach(function(s){s.paths.forEach(function(p){p[0].setAttribute('d',moved(p[1]))})});
    var xs=ticks(m.x,W,dx,false),ys=ticks(m.y,H,dy,true),bottom=T+H,f=function(v){return v.toFixed(1)};
    function part(name){return own.find(function(g){return name in g.dataset})}
    var named=part('labels').textContent!==''&&part('labels').querySelector('[text-anchor=end]');
    part('axes').innerHTML='<path stroke="#4d4d4d" d="M'+f(L)+' '+f(T)+'V'+f(bottom)+'H'+f(L+W)+
    xs.map(function(t){return'M'+f(L+t[0]*W)+' '+f(bottom)+'v4'}).join('')+ys.map(function(t){return'M'+f(L)+' '+f(bottom-t[0]*H)+'h-4'}).join('')+'"/>';
    if(part('grid'))part('grid').innerHTML='<path stroke="#e6e6e6" d="'+xs.map(function(t){return'M'+f(L+t[0]*W)+' '+f(T)+'V'+f(bottom)}).join('')+
    ys.map(function(t){return'M'+f(L)+' '+f(bottom-t[0]*H)+'H'+f(L+W)}).join('')+'"/>';
    part('labels').innerHTML=xs.map(function(t){return'<text x="'+f(L+t[0]*W)+'" y="'+f(bottom+15)+'" text-anchor="middle" fill="#262626">'+t[1]+'</text>'}).join('')+
    (named?ys:[]).map(function(t){return'<text x="'+f(L-7)+'" y="'+f(bottom-t[0]*H+3.8)+'" text-anchor="end" fill="#262626">'+t[1]+'</text>'}).join('')}
    function isIn(p){return p[0]>=L&&p[0]<=L+W&&p[1]>=T&&p[1]<=T+H}
    function reset(){k=1;dx=dy=0}
    return{isIn:isIn,series:series,zooms:!!m.x,
    reset:function(){if(!m.x)return;reset();draw()},
    zoom:function(p,up){var n=Math.min(200,Math.max(1,k*(up?1.25:.8))),r=n/k;dx=p[0]-L-(p[0]-L-dx)*r;dy=p[1]-T-(p[1]-T-dy)*r;k=n;if(k===1)reset();draw()},
    grab:function(p){var from=[p[0]-dx,p[1]-dy];return function(p){dx=p[0]-from[0];dy=p[1]-from[1];draw()}},
    nearest:function(p,best){m.s.forEach(function(s){if(off[s.n])return;s.r.forEach(function(r){var q=at(r[0],r[1]),d=(q[0]-p[0])*(q[0]-p[0])+(q[1]-p[1])*(q[1]-p[1]);
    if(d<best[0]&&(!m.x||isIn(q))){best[0]=d;best[1]=s;best[2]=r}})})}}});
    function point(e){var c=svg.getScreenCTM();return[(e.clientX-c.e)/c.a,(e.clientY-c.f)/c.d]}
    function under(p){return panels.find(function(panel){return panel.zooms&&panel.isIn(p)})}
    svg.addEventListener('wheel',function(e){var p=point(e),panel=under(p);if(!panel)return;e.preventDefault();tip.hidden=true;panel.zoom(p,e.deltaY<0)},{passive:false});
    svg.addEventListener('pointerdown',function(e){var p=point(e),panel=under(p);if(panel)drag=panel.grab(p)});
    window.addEventListener('pointerup',function(){drag=null});
    svg.addEventListener('dblclick',function(){panels.forEach(function(panel){panel.reset()})});
    svg.addEventListener('pointermove',function(e){var p=point(e);
    if(drag&&e.buttons){tip.hidden=true;return drag(p)}
    var best=[100,null,null];panels.forEach(function(panel){panel.nearest(p,best)});
    tip.hidden=!best[1];if(!best[1])return;best.shift();
    var cells=m.t[best[1][2]].split('\\t');tip.textContent=(best[0].n?best[0].n+'\\n':'')+best[0].c.map(function(c,i){return cells[i]?c+'  '+cells[i]:''}).filter(Boolean).join('\\n');
    var box=host.getBoundingClientRect(),x=e.clientX-box.left+14;if(x+tip.offsetWidth>box.width)x-=tip.offsetWidth+28;
    tip.style.left=Math.max(0,x)+'px';tip.style.top=Math.max(0,e.clientY-box.top-10)+'px'});
    svg.addEventListener('pointerleave',function(){tip.hidden=true});
    svg.addEventListener('click',function(e){var entry=e.target.closest('[data-legend]');if(!entry)return;var n=entry.dataset.legend;
    off[n]=!off[n];entry.style.opacity=off[n]?.35:1;panels.forEach(function(panel){panel.series.forEach(function(s){if(s.name===n)s.g.style.display=off[n]?'none':''})})})
    }}
    """
}
